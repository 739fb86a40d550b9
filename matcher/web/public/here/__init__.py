"""A person's own page: where they stand, what is suggested, and what they can do."""
