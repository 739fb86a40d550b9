"""Sums of what people told, who agreed to that: noised from the first, and never a row.

The sums of a stretch of days begin with noise that is drawn once and kept nowhere else, so that
nobody who reads the store finds an exact one. Who reads them twice sees what came in between:
that is why they grow under a kind of key that coordinators' pages cannot reach. The clock moves
them to the kind that is shown when their stretch is over. From then on nothing is added, and
everybody reads the same numbers, however often they ask.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import sqrt

from matcher.domain.extent import STRETCH_DAYS
from matcher.domain.noise import discrete_laplace
from matcher.store.backing import Backing
from matcher.store.keys import SUMS_LIVE, TAPS_LIVE, WAITS_LIVE
from matcher.store.vault import DAY_SECONDS, day_of


@dataclass(frozen=True, slots=True)
class Sums:
    """A kind of key for sums, how long after its beginning one lives, and days in it."""

    kind: str
    lives: timedelta
    days: int = 1

    def stretch(self, now: datetime) -> int:
        """Say in which stretch a moment is."""
        return day_of(now) // self.days

    def names(self, stretch: int) -> tuple[str, str]:
        """Name the sums of a stretch while they grow, and once it is over."""
        return f"{GROWING}{self.kind.removeprefix('stats:')}{stretch}", f"{self.kind}{stretch}"

    @property
    def kept(self) -> int:
        """Say how many stretches live at once, besides the one that grows."""
        return self.lives // timedelta(days=self.days)


GROWING = "stats:open:"
UNKNOWN_CELLS, SHOWN = 0, -1  # as tally.lua says it
WEEK = 7
CAME = Sums("stats:sums:", SUMS_LIVE, WEEK)
FOUND = Sums("stats:found:", SUMS_LIVE, WEEK)
REPLIES = Sums("stats:replies:", SUMS_LIVE, WEEK)
EVENTS = Sums("stats:events:", SUMS_LIVE)
TOLD = Sums("stats:told:", SUMS_LIVE, WEEK)
LESSONS = Sums("stats:lessons:", SUMS_LIVE, WEEK)
WAITS = Sums("stats:waits:", WAITS_LIVE)
TAPS = Sums("stats:near:", TAPS_LIVE)
TRIAL = Sums("stats:trial:", SUMS_LIVE, STRETCH_DAYS)
EVERY = (CAME, FOUND, REPLIES, EVENTS, TOLD, LESSONS, WAITS, TAPS, TRIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The noised sums of some stretches together; noise moves each by `deviation`.

    `stretches` of them have sums at all: not those before the network began.
    """

    sums: Mapping[str, int]
    stretches: int
    deviation: float


class Statistics:
    """One pool's sums over `cells`; a person raises `most` of them at the most.

    `of` says which sums they are.
    """

    def __init__(self, backing: Backing, cells: Sequence[str], *, most: int, of: Sums) -> None:
        self._backing = backing
        self._of = of
        self._cells = tuple(cells)
        self._known = frozenset(cells)
        self._scale = Fraction(most) / Fraction(str(backing.settings.statistics.epsilon))
        self._most = most

    def add(self, cells: Iterable[str], *, now: datetime, times: int = 1) -> None:
        """Add one person who agreed, or `times` alike; unknown cells are left out.

        Sums that are shown already take in nobody: who comes late, or while the store's clock
        has fallen back, counts in the first stretch after them.
        """
        raised = sorted(set(cells) & self._known)[: self._most] * times
        first = self._of.stretch(now)
        for stretch in range(first, first + self._of.kept + 1):
            if self._tally(stretch, raised, now):
                return

    def begin(self, *, now: datetime) -> None:
        """Let the sums of this stretch be there with their noise, before anybody is counted."""
        self.add((), now=now)

    def over(self, now: datetime, count: int, *, skip: int = 0) -> Total:
        """Add up `count` stretches that are over, but for the last `skip` of them."""
        found = [sums for _, sums in self.each(now, count + skip)[:count]]
        total = Counter[str]()
        for sums in found:
            total.update(sums)
        n = sum(1 for sums in found if sums)
        return Total(sums=total, stretches=n, deviation=self.deviation * sqrt(n))

    def each(self, now: datetime, count: int) -> list[tuple[date, dict[str, int]]]:
        """Read the noised sums of the stretches before this one, the oldest first.

        Each has the day on which it began; nothing is in one that no clock began, and in which
        nobody was counted.
        """
        last = self._of.stretch(now)
        stretches = range(last - count, last)
        names = [self._backing.keys(self._of.kind, str(one)) for one in stretches]
        found = self._backing.store.commands([("HGETALL", name) for name in names])
        return [
            (
                datetime.fromtimestamp(one * self._of.days * DAY_SECONDS, UTC).date(),
                {cell.decode(): int(noised) for cell, noised in sums.items()},
            )
            for one, sums in zip(stretches, found, strict=True)
        ]

    def between(self, earlier: datetime, now: datetime) -> int:
        """Count the stretches from the one of an earlier moment to this one."""
        return self._of.stretch(now) - self._of.stretch(earlier)

    @property
    def cells(self) -> tuple[str, ...]:
        """Name everything that is counted."""
        return self._cells

    @property
    def deviation(self) -> float:
        """Say by how much the noise moves one cell: its standard deviation."""
        return sqrt(2) * float(self._scale)

    def _tally(self, stretch: int, raised: Sequence[str], now: datetime) -> bool:
        """Add to the sums of a stretch; False when they are shown already."""
        begins = min(stretch * self._of.days, day_of(now))  # and none outlives its kind
        ends = begins * DAY_SECONDS + self._of.lives.total_seconds()
        begin, count = (*self._of.names(stretch), ends), len(self._cells)
        done = self._backing.step("tally", *begin, 0, count, *raised, now=now)
        if done == UNKNOWN_CELLS:
            words = (*begin, count, count, *self._noise(), *raised)
            done = self._backing.step("tally", *words, now=now)
        return done != SHOWN

    def _noise(self) -> Iterable[str | int]:
        for cell in self._cells:
            yield from (cell, discrete_laplace(self._scale, self._backing.chance))


def let_be_read(backing: Backing, *, now: datetime) -> None:
    """Move sums whose stretch is over to where they are shown; safe to do twice."""
    names = [
        name
        for of in EVERY
        for ago in range(1, of.kept + 1)
        for name in of.names(of.stretch(now) - ago)
    ]
    backing.step("let_be_read", *names, now=now)
