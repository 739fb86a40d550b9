"""What outcomes say about the weights: seen with open eyes, put into a draft at the most."""
