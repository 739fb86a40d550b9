"""A conversation through our server, for browsers without JavaScript."""
