"""Which conversations somebody may still say about how they were: once, and then no more.

It goes with the records of the room's people; erasing takes it away at once. A mark is made of
a room and one side of it: no two sides' marks lead to each other once the room is gone.
"""

from datetime import datetime
from hashlib import sha1
from typing import NewType

from matcher.domain.outcomes import CELLS, Question
from matcher.domain.place import Visitor
from matcher.domain.room import RoomId
from matcher.store.backing import Backing
from matcher.store.statistics import TOLD, Statistics, Total

TalkMark = NewType("TalkMark", str)


def mark_of(visitor: Visitor, room: RoomId) -> TalkMark:
    """Mark a room for one side of it, as the Lua steps do."""
    named = (visitor.handle + room).encode()
    return TalkMark(sha1(named, usedforsecurity=False).hexdigest())


class Talked:
    """The marks of one pool, and the sums of what was told."""

    def __init__(self, backing: Backing) -> None:
        self._store = backing.store
        self._keys = backing.keys
        self._sums = Statistics(backing, CELLS, most=len(Question), of=TOLD)

    def of(self, visitor: Visitor) -> list[TalkMark]:
        """Mark the rooms that somebody has not told of yet, those still open too."""
        found = self._store.command("HGETALL", self._keys("talked:", visitor.handle))
        return [TalkMark(mark.decode()) for mark in found]

    def use_up(self, visitor: Visitor, mark: TalkMark) -> bool:
        """Take the mark away; False where it was used before, or is gone."""
        name = self._keys("talked:", visitor.handle)
        return bool(self._store.command("HDEL", name, mark))

    def add(self, cells: list[str], *, now: datetime) -> None:
        """Add one side's answers, as chance has left them."""
        self._sums.add(cells, now=now)

    def over(self, now: datetime, weeks: int) -> Total:
        """Add up the weeks before this one."""
        return self._sums.over(now, weeks)
