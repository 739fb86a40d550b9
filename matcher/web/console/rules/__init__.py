"""The rules by which people are paired: what is in force, drafts, publishing, history."""
