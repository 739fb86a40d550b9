"""Sanad: what it knows and how it does it."""
