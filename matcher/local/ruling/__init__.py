"""`sanad rules`: checks, explains and compares rules files."""
