"""Sweeps what lifetimes alone cannot: indexes of what has ended, and rooms nobody wrote in."""

from datetime import datetime

from matcher.domain.counted import Event
from matcher.store.backing import Backing, at
from matcher.store.client import texts
from matcher.store.events import Events

AT_ONCE = 500


class Sweeper:
    """One pool's sweeper; sweeping twice or not at all hurts nobody."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._store = backing.store
        self._keys = backing.keys
        self._events = Events(backing)

    def sweep(self, *, now: datetime) -> None:
        """Take ended places out of the waiting order; give silent rooms back."""
        self._store.command("ZREMRANGEBYSCORE", self._keys("here"), "-inf", at(now))
        rooms = texts(
            self._store.command(
                "ZRANGEBYSCORE", self._keys("silent"), "-inf", at(now), "LIMIT", 0, AT_ONCE
            )
        )
        back = [self._backing.step("return_room", room, "", "", now=now) for room in rooms]
        self._events.add(Event.RETURNED, now=now, times=len([one for one in back if one]))
        waiting = texts(self._store.command("ZRANGE", self._keys("w"), 0, -1))
        for start in range(0, len(waiting), AT_ONCE):
            self._backing.step("sweep", *waiting[start : start + AT_ONCE], now=now)
