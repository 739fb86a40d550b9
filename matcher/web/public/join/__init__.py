"""A peer's pages, from the invitation to the code."""
