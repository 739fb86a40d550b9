"""The first page of whoever is signed in."""
