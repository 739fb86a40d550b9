"""Previews of rules: asked for from a draft, looked at until they have come."""
