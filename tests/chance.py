"""Chance that is the same in every run: what noise makes of few would fail one run of many."""

from threading import Lock

from matcher.domain.noise import KeyedChance


class SameChance:
    """Chance of a test; threads draw one after the other."""

    def __init__(self, seed: str = "") -> None:
        self._drawn = KeyedChance(b"of tests", seed.encode())
        self._lock = Lock()

    def below(self, bound: int) -> int:
        """Draw from 0 to below `bound`."""
        with self._lock:
            return self._drawn.below(bound)
