"""Levels what a server knows by itself of when each key was last asked for.

Redis and Valkey note with each value, in seconds, when it was last touched. Left alone, that
would date every coming in, which the names and ends of keys are made not to do: records that
were made in the same second would be found to be one person's.
"""

from datetime import datetime

from matcher.store.backing import Backing

AT_ONCE = 1_000
MOST_BATCHES = 50


class Leveller:
    """Touches one pool's keys, round and round; each act goes on where the last one ended."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._cursor = b"0"

    def act(self, now: datetime) -> None:
        """Touch the next keys, or all of them where they are fewer than in 50 batches.

        Within the server: 10,000 people's take it some 40 ms, a millisecond at a time.
        """
        for _ in range(MOST_BATCHES):
            cursor = self._backing.step("level", self._cursor, AT_ONCE, now=now)
            self._cursor = cursor if isinstance(cursor, bytes) else b"0"
            if self._cursor == b"0":
                return
