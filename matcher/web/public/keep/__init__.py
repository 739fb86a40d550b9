"""The code page: shown once, and a group of it asked back."""
