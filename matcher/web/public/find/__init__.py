"""Finds needs by other words for them, in the browser alone."""
