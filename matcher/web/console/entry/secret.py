"""A secret for an authenticator, as pages show it: a picture, and the letters below it."""

import re

import segno
from flask import request
from markupsafe import Markup

from matcher.service import digits
from matcher.web.common.pictures import as_svg

LABEL = "console"
"""What an authenticator lists, where others may look over a shoulder."""

_SECRET = re.compile("[A-Z2-7]{32}")
_GROUP = 4


def sent_secret() -> str:
    """Read the secret that a page of ours brought along; empty where it is none."""
    secret = request.form.get("secret", "")
    return secret if _SECRET.fullmatch(secret) else ""


def shown(secret: str) -> dict[str, object]:
    """Say how a template shows a secret."""
    groups = [secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP)]
    picture: Markup = as_svg(segno.make(digits.address(secret, LABEL), error="m", micro=False))
    return {"secret": secret, "groups": groups, "picture": picture}
