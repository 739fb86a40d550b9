"""Partners: services that send people here, and the codes of their cards."""
