"""What somebody may say once a conversation is over."""
