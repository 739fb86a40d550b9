"""Turns answers of the pages into profiles, and profiles back into answers."""
