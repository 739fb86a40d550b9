"""What somebody told the team: opened and decided here, without knowing whom it is about."""
