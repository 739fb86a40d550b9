"""What somebody wants to say to a service, put into words; kept nowhere."""
