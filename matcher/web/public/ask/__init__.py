"""Where a peer asks a coordinator, and reads what they answer."""
