"""Who coordinates: inviting, removing, changing ranks; for owners."""
