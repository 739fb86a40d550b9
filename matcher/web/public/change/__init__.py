"""Changing one's own answers, on the same pages on which they were given."""
