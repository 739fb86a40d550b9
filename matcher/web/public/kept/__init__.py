"""The page that says what is kept, for how long, and what nobody can promise."""
