"""How full the store's memory is."""

import time
from collections.abc import Callable
from datetime import timedelta

from matcher.store.client import Store

ASKED_EVERY = timedelta(seconds=2)


class Memory:
    """Asks the store at most every two seconds; `ticks` counts seconds that never go back."""

    def __init__(self, store: Store, ticks: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._ticks = ticks
        self._asked_at = float("-inf")
        self._share = 0.0

    def share(self) -> float:
        """Say how much of its memory is in use, from 0 to 1; 0 where it has no limit."""
        now = self._ticks()
        if now - self._asked_at >= ASKED_EVERY.total_seconds():
            self._share = self._ask()
            self._asked_at = now
        return self._share

    def _ask(self) -> float:
        found = self._store.command("INFO", "memory")
        used = int(found["used_memory"]) - int(found.get("mem_not_counted_for_evict", 0))
        most = int(found.get("maxmemory", 0))
        return used / most if most else 0.0
