"""Invitations for peers: batches with a purpose, cards to print, revoked as a whole."""
