"""Acts of coordinators: those that wait for a second person, and the log of all."""
