"""Sums of what people told, who agreed to that: noised from the first, and never a row.

A day's sums begin with noise that is drawn once and kept nowhere else, so that nobody who reads
the store finds an exact one. Who reads it twice sees what came in between: that is why sums are
shown only when their day is over.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from matcher.domain.cover import Shown, tidy
from matcher.domain.noise import SystemChance, discrete_laplace
from matcher.store.backing import Backing
from matcher.store.keys import SUMS_LIVE
from matcher.store.vault import DAY_SECONDS, day_of

YESTERDAY = timedelta(days=1)


class Statistics:
    """One pool's sums over `cells`; a person raises `most` of them at the most."""

    def __init__(self, backing: Backing, cells: Sequence[str], *, most: int) -> None:
        self._backing = backing
        self._cells = tuple(cells)
        self._scale = Fraction(most) / Fraction(str(backing.settings.statistics.epsilon))
        self._most = most

    def add(self, cells: Iterable[str], *, now: datetime) -> None:
        """Add one person who agreed; cells that are not known are left out."""
        known = set(self._cells)
        raised = sorted(set(cells) & known)[: self._most]
        noise = (
            word
            for cell in self._cells
            for word in (cell, discrete_laplace(self._scale, SystemChance()))
        )
        day = day_of(now)
        ends = day * DAY_SECONDS + SUMS_LIVE.total_seconds()
        words = (day, ends, len(self._cells), *noise, *raised)
        self._backing.step("tally", *words, now=now)

    def yesterday(self, *, now: datetime) -> Shown:
        """Read the sums of the day before, rounded, with small ones hidden (None)."""
        name = self._backing.keys("stats:sums:", str(day_of(now - YESTERDAY)))
        found = self._backing.store.command("HGETALL", name)
        sums = {cell.decode(): int(noised) for cell, noised in found.items()}
        return {cell: tidy(sums.get(cell, 0)) for cell in self._cells}
