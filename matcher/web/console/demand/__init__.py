"""A report for partner institutions: what is needed, and not met here."""
