"""The first page, the door for cards, and the way out."""
