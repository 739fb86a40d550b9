"""What a coordinator changes about their own account."""
