"""Keeps what somebody sent in the page that asks them to send it again."""

from flask import request

from matcher.web.common import csrf


def fields(*but: str) -> list[tuple[str, str]]:
    """List everything that came with a form of ours, in its order, but its token and `but`."""
    left_out = {csrf.FIELD, *but}
    sent = request.form.items(multi=True)
    return [(name, value) for name, value in sent if name not in left_out]
