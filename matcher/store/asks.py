"""The mark that a round is wanted: left by arrivals, taken by the clock.

The pages leave a mark in the store instead of queueing a job, so that the process the world can
reach has no access at all to the server whose writers can run code in a worker.
"""

from datetime import timedelta

from matcher.store.backing import Backing
from matcher.store.keys import ASK_LIVES


class Asks:
    """One pool's mark."""

    def __init__(self, backing: Backing) -> None:
        self._store = backing.store
        self._key = backing.keys("ask")

    def put(self) -> None:
        """Leave the mark again: this round could not be run."""
        lives = int(ASK_LIVES / timedelta(seconds=1))
        self._store.command("SET", self._key, 1, "EX", lives)

    def take(self) -> bool:
        """Take the mark away; True when there was one."""
        return self._store.command("GETDEL", self._key) is not None
