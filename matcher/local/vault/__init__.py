"""`sanad vault`: carries the vault, the pepper and spent tickets to another machine."""
