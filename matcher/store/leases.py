"""Leases: one worker on a pool, one clock; a fence tells late ones that they are late."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from matcher.store.backing import Backing
from matcher.store.keys import FENCE_LIVES
from matcher.store.secrets import new_id


class Leases:
    """The leases of one pool, held under a random token."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._token = new_id()

    def take(self, name: str, lasts: timedelta) -> int | None:
        """Take a lease or hold it on; returns its fence, or None when it is somebody else's."""
        now = self._backing.clock.now()
        words = (name, self._token, _millis(lasts), _millis(FENCE_LIVES))
        fence = self._backing.step("lease", *words, now=now)
        return int(fence) if isinstance(fence, int) and fence else None

    def renew(self, name: str, lasts: timedelta, *, fence: int) -> bool:
        """Hold a lease on; False when somebody else has held it since, and ours is over.

        A lease that ran out meanwhile is taken up again under the same fence.
        """
        words = (name, self._token, _millis(lasts), fence)
        return bool(self._backing.step("renew", *words, now=self._backing.clock.now()))

    def give_back(self, name: str) -> None:
        """Let somebody else take the lease at once."""
        self._backing.step("unlease", name, self._token, now=self._backing.clock.now())

    @contextmanager
    def held(self, name: str, lasts: timedelta) -> Iterator[int | None]:
        """Hold a lease for the length of a block, or find it taken (None)."""
        fence = self.take(name, lasts)
        try:
            yield fence
        finally:
            if fence is not None:
                self.give_back(name)


def _millis(length: timedelta) -> int:
    return int(length / timedelta(milliseconds=1))
