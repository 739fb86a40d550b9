"""The door for people whom a service has given a card."""
