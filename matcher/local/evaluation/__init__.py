"""`sanad evaluate`: reads a table of people, measures, shows."""
