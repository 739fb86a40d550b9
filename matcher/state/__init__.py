"""The few durable files: about the network, never about a person."""
