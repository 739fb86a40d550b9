"""Tells an open page whether anything is new, in answers that all look the same."""

from collections.abc import Iterator
from contextlib import suppress
from secrets import token_hex

from flask import Blueprint, Response

from matcher.domain.errors import NoSessionError, RoomGoneError
from matcher.domain.place import Visitor
from matcher.domain.room import Room
from matcher.web.common import cookies
from matcher.web.common.wiring import services

MARK_LETTERS = 8  # of an alias

bp = Blueprint("news", __name__, template_folder="templates")


@bp.get("/here/news")
def show() -> Response:
    """Answer with the mark of what one's own page would say now; a page knows its own.

    Where nobody is signed in any more it is one that no page has: that is news as well.
    """
    try:
        mark = mark_of(services().places.visitor(cookies.current()))
    except NoSessionError:
        mark = token_hex(MARK_LETTERS // 2)
    return Response(mark, mimetype="text/plain")


def mark_of(visitor: Visitor) -> str:
    """Mark what there is to see on a person's own page; it tells nothing to anybody else."""
    offers = services().offers.open_for(visitor)
    parts = [
        services().places.look(visitor).state.value,
        *(f"{offer.id} {offer.is_asking}" for offer in offers),
        *(f"{alias} {len(room.messages)}" for alias, room in talks(visitor)),
    ]
    return services().places.alias(visitor, "\n".join(parts))


def talks(visitor: Visitor) -> Iterator[tuple[str, Room]]:
    """Read a person's conversations, each with its name in their addresses."""
    for room in services().rooms.of(visitor):
        with suppress(RoomGoneError):  # it ended in this very moment
            entered = services().rooms.enter(visitor, room)
            yield services().places.alias(visitor, room), entered
