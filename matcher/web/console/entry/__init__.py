"""The way in: signing in, and becoming a coordinator with a one-time code."""
