"""Telling the team about somebody one has talked with, and reading what has become of it."""
