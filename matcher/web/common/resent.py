"""Keeps what somebody sent in the page that asks them to send it again."""

from flask import request


def fields(*but: str) -> list[tuple[str, str]]:
    """List everything that came with a form of ours, in its order, leaving `but` out."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in but]
