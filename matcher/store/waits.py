"""How long people waited who found somebody: weeks of noised sums, of those who agreed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from matcher.domain.waits import UsualWait, WaitBand, band_of, usual
from matcher.store.backing import Backing
from matcher.store.statistics import WAITS, Statistics

DAYS = 7
DEVIATIONS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week's waits; `doubt` is by how much noise may have raised them all together."""

    sums: dict[WaitBand, int]
    doubt: float


class Waits:
    """The waits of one pool; only days that are over are told."""

    def __init__(self, backing: Backing) -> None:
        self._sums = Statistics(backing, tuple(WaitBand), most=1, of=WAITS)

    def begin(self, *, now: datetime) -> None:
        """Let a day's sums be there, whether or not anybody finds somebody."""
        self._sums.begin(now=now)

    def add(self, wait: timedelta, *, now: datetime) -> None:
        """Add the wait of somebody who found somebody, and agreed to be counted."""
        self._sums.add([band_of(wait)], now=now)

    def lately(self, *, now: datetime) -> UsualWait | None:
        """Say how long most people waited in the week before today; None where few did."""
        week = self.week(now=now)
        return usual(week.sums, doubt=week.doubt)

    def week(self, *, now: datetime, ago: int = 0) -> Week:
        """Read the noised sums of seven days: those before today, or `ago` weeks earlier."""
        found = self._sums.over(now, DAYS, skip=ago * DAYS)
        return Week(
            sums={band: found.sums.get(band.value, 0) for band in WaitBand},
            doubt=DEVIATIONS * found.deviation * sqrt(len(WaitBand)),
        )
