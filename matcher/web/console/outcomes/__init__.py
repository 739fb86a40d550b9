"""Whether it helps: what many have told once a conversation was over."""
