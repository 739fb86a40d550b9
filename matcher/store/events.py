"""How often what happened to suggestions and conversations: noised sums of a day, of everybody.

No answer of anybody is in them, and no moment: only how many there were in a day.
"""

from datetime import date, datetime

from matcher.domain.counted import Event
from matcher.store.backing import Backing
from matcher.store.statistics import EVENTS, Statistics, Total

MOST_A_DAY = 4
"""How many events of one person a day's noise hides."""


class Events:
    """The events of one pool; only days that are over are told."""

    def __init__(self, backing: Backing) -> None:
        self._sums = Statistics(backing, tuple(Event), most=MOST_A_DAY, of=EVENTS)

    def add(self, event: Event, *, now: datetime, times: int = 1) -> None:
        """Count what happened, so many times."""
        if times:
            self._sums.add([event], now=now, times=times)

    def days(self, now: datetime, count: int) -> list[tuple[date, dict[str, int]]]:
        """Read the noised sums of the days before today, the oldest first."""
        return self._sums.each(now, count)

    def over(self, now: datetime, count: int) -> Total:
        """Add up the days before today."""
        return self._sums.over(now, count)
