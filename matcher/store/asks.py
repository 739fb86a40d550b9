"""The marks by which a round is wanted, asked for, begun and over.

The pages leave a mark in the store instead of queueing a job, so that the process the world can
reach has no access at all to the server whose writers can run code in a worker.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import StrEnum

from matcher.store.backing import Backing
from matcher.store.client import text
from matcher.store.keys import ASK_LIVES

ROUND = "round"  # the lease's name; propose.lua looks at its fence

_LIVES = int(ASK_LIVES / timedelta(seconds=1))


class Progress(StrEnum):
    """How far the round is that was last asked for."""

    OVER = "over"
    ASKED = "asked"
    RUNNING = "running"
    KILLED = "killed"


class Asks:
    """One pool's marks."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._store = backing.store
        self._ask = backing.keys("ask")
        self._run = backing.keys("run")
        self._lease = backing.keys("lease:", ROUND)

    def put(self) -> None:
        """Leave the mark that a round is wanted: this one could not be run."""
        self._store.command("SET", self._ask, 1, "EX", _LIVES)

    def take(self) -> bool:
        """Take the mark away; True when there was one."""
        return self._store.command("GETDEL", self._ask) is not None

    def note_asked(self) -> None:
        """Note that a round is about to be asked for."""
        self._store.command("SET", self._run, "asked", "EX", _LIVES)

    @contextmanager
    def running(self, fence: int) -> Iterator[None]:
        """Note that a round has begun, and when the block ends, that it is over."""
        self._note("begun", fence)
        try:
            yield
        finally:
            self._note("", fence)

    def progress(self) -> Progress:
        """Say how far the last round is; one that began and lost its lease was killed."""
        noted, holder = self._store.command("MGET", self._run, self._lease)
        if holder is not None:
            return Progress.RUNNING
        if noted is None:
            return Progress.OVER
        return Progress.KILLED if text(noted) == "begun" else Progress.ASKED

    def _note(self, word: str, fence: int) -> None:
        now = self._backing.clock.now()
        self._backing.step("note_round", fence, word, _LIVES, now=now)
