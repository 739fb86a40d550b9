"""A seeker's four pages, from the first answer to the code."""
