"""When a peer can be reached, and when they rest."""

from datetime import datetime, timedelta

from matcher.domain.errors import PlaceGoneError
from matcher.domain.place import CheckIn, Visitor
from matcher.store.backing import Backing, at
from matcher.store.client import Word
from matcher.store.clock import rounded_up
from matcher.store.keys import VISIT_GRAIN


class Presence:
    """The peers of one pool as they come and go; each act raises PlaceGoneError when gone."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def check_in(self, visitor: Visitor, how: CheckIn, *, now: datetime) -> None:
        """Let a peer be matched from now on, for as long as they said."""
        until = rounded_up(now + how.lasts, VISIT_GRAIN)
        words = (visitor.handle, at(until), "1" if how.is_live else "0")
        self._step("check_in", *words, now=now)

    def check_out(self, visitor: Visitor, *, now: datetime) -> None:
        """Match a peer no longer, until they check in again."""
        self._step("check_in", visitor.handle, 0, "0", now=now)

    def rest(self, visitor: Visitor, length: timedelta, *, now: datetime) -> None:
        """Let a peer rest for `length`; what was suggested to them goes to others."""
        until = rounded_up(now + length, VISIT_GRAIN)
        self._step("rest", visitor.handle, at(until), now=now)

    def _step(self, name: str, *words: Word, now: datetime) -> None:
        if not self._backing.step(name, *words, now=now):
            raise PlaceGoneError
