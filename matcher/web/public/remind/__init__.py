"""A reminder for the person's own calendar, made from a form and kept nowhere."""
