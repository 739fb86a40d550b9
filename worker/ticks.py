"""When a round is asked for, for one pool."""

from datetime import datetime, timedelta

from matcher.jobs import JobQueue
from matcher.settings.model import Settings
from matcher.store.asks import Asks, Progress

LONGEST_BEAT = timedelta(seconds=1)
LOST = timedelta(seconds=3)
"""A job that neither waits in the line nor has begun by then went with its worker."""


class RoundTicks:
    """Decides at each beat whether a round is wanted: somebody came, or it is time anyway.

    One that was killed, or lost with its worker before it began, is asked for again at once.
    """

    def __init__(self, asks: Asks, queue: JobQueue, settings: Settings) -> None:
        self._asks = asks
        self._queue = queue
        self._settings = settings
        self._beat = min(settings.rounds.gather, LONGEST_BEAT)
        self._last: datetime | None = None
        self._tick: int | None = None
        self._owes = False

    def act(self, now: datetime) -> None:
        """Ask for a round, once a tick; one that could not be asked for stays owed."""
        progress = self._asks.progress()
        self._owes |= self._is_wanted(now) or self._has_gone(progress, now)
        if not self._owes or progress is Progress.RUNNING:
            return
        self._asks.note_asked()
        self._queue.request_round(self._settings.pool, _number(now, self._beat))
        self._owes = False
        self._last = now

    def _is_wanted(self, now: datetime) -> bool:
        tick = _number(now, self._settings.rounds.gather)
        if tick == self._tick:
            return False  # whoever has come since the last multiple waits for the next
        is_wanted = self._asks.take() or self._is_after(self._settings.rounds.every, now)
        self._tick = tick
        return is_wanted

    def _has_gone(self, progress: Progress, now: datetime) -> bool:
        if progress is Progress.ASKED:
            return self._is_after(LOST, now)
        return progress is Progress.KILLED

    def _is_after(self, length: timedelta, now: datetime) -> bool:
        return self._last is None or now - self._last >= length


def _number(now: datetime, length: timedelta) -> int:
    return int(now.timestamp() / length.total_seconds())
