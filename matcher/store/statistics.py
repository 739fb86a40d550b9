"""Sums of what people told, who agreed to that: noised from the first, and never a row.

A day's sums begin with noise that is drawn once and kept nowhere else, so that nobody who reads
the store finds an exact one. Who reads it twice sees what came in between: that is why sums are
shown only when their day is over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from math import sqrt

from matcher.domain.cover import Shown, tidy
from matcher.domain.noise import SystemChance, discrete_laplace
from matcher.store.backing import Backing
from matcher.store.keys import SUMS_LIVE, WAITS_LIVE
from matcher.store.vault import DAY_SECONDS, day_of


@dataclass(frozen=True, slots=True)
class Sums:
    """A kind of key for sums, and how long after its day began one lives."""

    kind: str
    lives: timedelta


TICKS = Sums("stats:sums:", SUMS_LIVE)
WAITS = Sums("stats:waits:", WAITS_LIVE)


class Statistics:
    """One pool's sums over `cells`; a person raises `most` of them at the most.

    `of` says which sums they are.
    """

    def __init__(
        self, backing: Backing, cells: Sequence[str], *, most: int, of: Sums = TICKS
    ) -> None:
        self._backing = backing
        self._of = of
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
        ends = day * DAY_SECONDS + self._of.lives.total_seconds()
        words = (self._of.kind + str(day), ends, len(self._cells), *noise, *raised)
        self._backing.step("tally", *words, now=now)

    def yesterday(self, *, now: datetime) -> Shown:
        """Read the sums of the day before, rounded, with small ones hidden (None)."""
        days = self.days_before(now, 1)
        sums = days[0] if days else {}
        return {cell: tidy(sums.get(cell, 0)) for cell in self._cells}

    def days_before(self, now: datetime, count: int) -> list[dict[str, int]]:
        """Read the noised sums of the days before today, of those that have any."""
        today = day_of(now)
        names = [
            self._backing.keys(self._of.kind, str(today - back)) for back in range(1, count + 1)
        ]
        found = self._backing.store.commands([("HGETALL", name) for name in names])
        return [
            {cell.decode(): int(noised) for cell, noised in one.items()} for one in found if one
        ]

    @property
    def cells(self) -> tuple[str, ...]:
        """Name everything that is counted."""
        return self._cells

    @property
    def deviation(self) -> float:
        """Say by how much the noise moves one cell of a day: its standard deviation."""
        return sqrt(2) * float(self._scale)
