"""`sanad notes`: what peers ask coordinators, read and answered by command."""
