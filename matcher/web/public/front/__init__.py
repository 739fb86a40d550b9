"""The first page and the way out."""
