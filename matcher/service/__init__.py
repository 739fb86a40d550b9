"""Use cases of the web side, one class an errand."""
