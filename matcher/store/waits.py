"""How long people waited who found somebody: a week of noised sums, of those who agreed."""

from datetime import datetime, timedelta
from math import sqrt

from matcher.domain.waits import UsualWait, WaitBand, band_of, usual
from matcher.store.backing import Backing
from matcher.store.statistics import WAITS, Statistics

DAYS = 7
DEVIATIONS = 2.0


class Waits:
    """The waits of one pool; only days that are over are told."""

    def __init__(self, backing: Backing) -> None:
        self._sums = Statistics(backing, tuple(WaitBand), most=1, of=WAITS)

    def add(self, wait: timedelta, *, now: datetime) -> None:
        """Add the wait of somebody who found somebody, and agreed to be counted."""
        self._sums.add([band_of(wait)], now=now)

    def lately(self, *, now: datetime) -> UsualWait | None:
        """Say how long most people waited in the week before today; None where few did."""
        days = self._sums.days_before(now, DAYS)
        sums = {band: sum(day.get(band.value, 0) for day in days) for band in WaitBand}
        deviation = self._sums.deviation * sqrt(len(WaitBand) * len(days))
        return usual(sums, doubt=DEVIATIONS * deviation)
