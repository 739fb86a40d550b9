"""What Sanad is about, in plain Python: people, needs, rules, offers, rooms."""
