"""Hands out the words by which needs are found: the same to everybody, and nothing comes back.

Everybody gets the words of every language, whichever the page is in: people think in several.
"""

import json

from flask import Blueprint, Response

from matcher.domain.needs import Needs
from matcher.web.common.wiring import settings
from matcher.web.public.answers.peer import asked_groups, asked_needs

bp = Blueprint("find", __name__, template_folder="templates")


@bp.get("/words")
def show() -> Response:
    """Say for each need, by its number, under which words it is found."""
    return Response(_written(settings().needs), mimetype="text/plain")


def _written(needs: Needs) -> str:
    found = {
        need.number: " ".join(
            [
                *group.label.values(),
                *need.label.values(),
                *(word for words in need.also.values() for word in words),
            ]
        )
        for group in asked_groups(needs)
        for need in asked_needs(group)
    }
    return json.dumps(found, ensure_ascii=False)
