"""Coming back with a code."""
