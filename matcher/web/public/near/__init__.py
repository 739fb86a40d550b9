"""Services near people: the directory, which works without any answers."""
