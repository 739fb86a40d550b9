"""Which conversations somebody may still say about how they were: once, and then no more.

It goes with the records of the room's people; erasing takes it away at once. A mark is made of
a room and one side of it: no two sides' marks lead to each other once the room is gone. Beside
a seeker's mark stands sealed of which kind the pair was, or that this may not be counted.
"""

from datetime import datetime, timedelta
from hashlib import sha1
from typing import NewType

from matcher.domain import lessons
from matcher.domain.errors import VaultGoneError
from matcher.domain.outcomes import CELLS, Question
from matcher.domain.place import Visitor
from matcher.domain.room import RoomId
from matcher.store.backing import Backing
from matcher.store.clock import rounded_up
from matcher.store.statistics import LESSONS, TOLD, Statistics, Total

TalkMark = NewType("TalkMark", str)

BUCKET_SIZE = 1
SEAL_GRAIN = timedelta(days=7)
"""What is sealed names the day until when: whole weeks tell no room's beginning."""


def mark_of(visitor: Visitor, room: RoomId) -> TalkMark:
    """Mark a room for one side of it, as the Lua steps do."""
    named = (visitor.handle + room).encode()
    return TalkMark(sha1(named, usedforsecurity=False).hexdigest())


class Talked:
    """The marks of one pool, and the sums of what was told."""

    def __init__(self, backing: Backing) -> None:
        self._store = backing.store
        self._keys = backing.keys
        self._vault = backing.vault
        self._sums = Statistics(backing, CELLS, most=len(Question), of=TOLD)
        self._lessons = Statistics(backing, lessons.CELLS, most=1, of=LESSONS)

    def sealed(self, mark: TalkMark, bucket: int | None, *, until: datetime) -> bytes:
        """Seal of which kind a pair is; as long where that may not be counted."""
        return self._vault.seal(
            b"" if bucket is None else bytes([bucket]),
            until=rounded_up(until, SEAL_GRAIN),
            context=_context(mark),
            size=BUCKET_SIZE,
        )

    def bucket(self, visitor: Visitor, mark: TalkMark) -> int | None:
        """Read of which kind a seeker's pair was; None where that may not be counted."""
        sealed = self._store.command("HGET", self._keys("talked:", visitor.handle), mark)
        try:
            plain = self._vault.unseal(sealed or b"", context=_context(mark))
        except VaultGoneError:
            return None
        return plain[0] if plain else None

    def of(self, visitor: Visitor) -> list[TalkMark]:
        """Mark the rooms that somebody has not told of yet, those still open too."""
        found = self._store.command("HGETALL", self._keys("talked:", visitor.handle))
        return [TalkMark(mark.decode()) for mark in found]

    def use_up(self, visitor: Visitor, mark: TalkMark) -> bool:
        """Take the mark away; False where it was used before, or is gone."""
        name = self._keys("talked:", visitor.handle)
        return bool(self._store.command("HDEL", name, mark))

    def begin(self, *, now: datetime) -> None:
        """Let a week's sums be there, whether or not anybody tells anything."""
        for sums in (self._sums, self._lessons):
            sums.begin(now=now)

    def add(self, cells: list[str], *, now: datetime) -> None:
        """Add one side's answers, as chance has left them."""
        self._sums.add(cells, now=now)

    def add_lesson(self, bucket: int, answer: str, *, now: datetime) -> None:
        """Add whether it helped, as chance has left it, to pairs of this kind."""
        self._lessons.add([lessons.cell_of(bucket, answer)], now=now)

    def over(self, now: datetime, weeks: int) -> Total:
        """Add up the weeks before this one."""
        return self._sums.over(now, weeks)

    def lessons_over(self, now: datetime, weeks: int) -> Total:
        """Add up what the weeks before this one may teach."""
        return self._lessons.over(now, weeks)

    @property
    def lessons_deviation(self) -> float:
        """Say by how much the noise of one week moves what it may teach."""
        return self._lessons.deviation

    @property
    def deviation(self) -> float:
        """Say by how much the noise of one week moves one of its sums."""
        return self._sums.deviation


def _context(mark: TalkMark) -> bytes:
    return f"talked {mark}".encode()
