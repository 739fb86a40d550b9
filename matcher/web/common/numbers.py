"""Numbers that are dialled, kept from being turned around by the Arabic words beside them."""

import re

from flask import Flask
from markupsafe import Markup, escape

_DIALLED = re.compile(r"\+?[0-9](?:[0-9 ()/.-]*[0-9])?")
_APART = Markup('<bdi dir="ltr">{}</bdi>')


def attach(app: Flask) -> None:
    """Let templates write how somebody is reached."""
    app.add_template_filter(dialled, "dialled")


def dialled(words: str) -> Markup:
    """Write each number from left to right; "070 12" among Arabic words would read "12 070"."""
    numbers = [_APART.format(one) for one in _DIALLED.findall(words)]
    between = [escape(one) for one in _DIALLED.split(words)]
    parts = [part for pair in zip(between, [*numbers, Markup()], strict=True) for part in pair]
    return Markup().join(parts)
