"""A draft of rules as a form: every key of a rules file, some on a page, in words."""
