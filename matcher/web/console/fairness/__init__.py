"""Whether everybody has the same chances here."""
