"""Levels what a server knows by itself of when each key was last asked for.

Redis and Valkey note with each value, in seconds, when it was last touched. Left alone, that
would date every coming in, which the names and ends of keys are made not to do.
"""

from matcher.store.backing import Backing

AT_ONCE = 1_000
MOST_BATCHES = 50


class Leveller:
    """Touches one pool's keys, round and round; each act goes on where the last one ended."""

    def __init__(self, backing: Backing) -> None:
        self._store = backing.store
        self._pattern = backing.keys.prefix + "*"
        self._cursor = b"0"

    def act(self) -> None:
        """Touch the next keys, or all of them where they are few."""
        for _ in range(MOST_BATCHES):
            words = ("SCAN", self._cursor, "MATCH", self._pattern, "COUNT", AT_ONCE)
            self._cursor, found = self._store.command(*words)
            if found:
                self._store.command("TOUCH", *found)
            if self._cursor == b"0":
                return
