"""The mark that a round is wanted: left by arrivals, taken by the clock.

The pages leave a mark in the store instead of queueing a job, so that the process the world can
reach has no access at all to the server whose writers can run code in a worker.
"""

from matcher.store.backing import Backing


class Asks:
    """One pool's mark."""

    def __init__(self, backing: Backing) -> None:
        self._store = backing.store
        self._key = backing.keys("ask")

    def take(self) -> bool:
        """Take the mark away; True when there was one."""
        return self._store.command("GETDEL", self._key) is not None
