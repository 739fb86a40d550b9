"""`sanad doctor --scan`: reads all that is kept anywhere, and says what should not be there."""
