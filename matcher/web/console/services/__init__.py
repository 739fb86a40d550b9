"""The directory of services: every entry, changing them, and what waits for a second yes."""
