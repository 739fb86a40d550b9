"""Rules on trial: how they do beside those in force, and their end."""
