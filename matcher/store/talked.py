"""Which conversations somebody may still say about how they were: once, and then no more.

It goes with the records of the room's people; erasing takes it away at once. Each side has a
mark of its own, so that a room that is gone brings nobody together.
"""

from datetime import datetime
from hashlib import sha1

from matcher.domain.outcomes import CELLS, Question, TalkId
from matcher.domain.place import Visitor
from matcher.domain.profile import Handle
from matcher.domain.room import RoomId
from matcher.store.backing import Backing
from matcher.store.statistics import TOLD, Statistics, Total


class Talked:
    """The marks of one pool, and the sums of what was told."""

    def __init__(self, backing: Backing) -> None:
        self._store = backing.store
        self._keys = backing.keys
        self._sums = Statistics(backing, CELLS, most=len(Question), of=TOLD)

    def of(self, visitor: Visitor) -> list[TalkId]:
        """Name what somebody has not told of yet, also where the room is still open."""
        found = self._store.command("HGETALL", self._keys("talked:", visitor.handle))
        return [TalkId(name.decode()) for name in found]

    def use_up(self, visitor: Visitor, talk: TalkId) -> bool:
        """Take the mark away; False where it was used before, or is gone."""
        name = self._keys("talked:", visitor.handle)
        return bool(self._store.command("HDEL", name, talk))

    def add(self, cells: list[str], *, now: datetime) -> None:
        """Add one side's answers, as chance has left them."""
        self._sums.add(cells, now=now)

    def over(self, now: datetime, weeks: int) -> Total:
        """Add up the weeks before this one."""
        return self._sums.over(now, weeks)


def talk_in(room: RoomId, handle: Handle) -> TalkId:
    """Name one side's conversation in a room, as the store's steps do (`mark_of`)."""
    return TalkId(sha1(f"{room}:{handle}".encode()).hexdigest())  # noqa: S324 - no secret hangs on it
