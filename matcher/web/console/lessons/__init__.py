"""What outcomes say about the weights: seen with open eyes, and put into a draft at the most."""
