"""What time it is: the store server's own, so that every process agrees."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from matcher.store.client import Store

OFFSET_KEY = "{test}:offset"


class Clock(Protocol):
    """Whatever tells the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


class OwnClock:
    """The time of this machine, for commands that need no server."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return _own()


class StoreClock:
    """The store's TIME, in tests plus an offset; `moved` is what it last was.

    `own` is this machine's clock; `_ahead` is how far the store's last was before it.
    """

    def __init__(
        self, store: Store, *, has_offset: bool, own: Callable[[], datetime] | None = None
    ) -> None:
        self._store = store
        self._own = own or _own
        self._has_offset = has_offset
        self.moved = timedelta(0)
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        now = self._asked()
        self._ahead = now - self._own()
        return now

    def about(self) -> datetime:
        """Tell the store's time without asking: this machine's, set right by the last answer.

        For pages that have to be there while the store is away.
        """
        return self._own() + self._ahead

    def agreed(self) -> datetime:
        """Return the moment that both the store and this machine say has come.

        For what cannot be undone: one clock that runs ahead does not decide it.
        """
        return min(self.now(), self._own() + self.moved)

    def _asked(self) -> datetime:
        if not self._has_offset:
            return _moment(*self._store.command("TIME"))
        time, offset = self._store.commands([("TIME",), ("GET", OFFSET_KEY)])
        self.moved = timedelta(seconds=float(offset or 0))
        return _moment(*time) + self.moved


def _own() -> datetime:
    return datetime.now(UTC)


def _moment(seconds: int, micros: int) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC) + timedelta(microseconds=int(micros))


def rounded_up(moment: datetime, grain: timedelta) -> datetime:
    """Round up to a shared multiple of `grain`, so that an end tells nothing of a beginning."""
    step = grain.total_seconds()
    return datetime.fromtimestamp(-(-moment.timestamp() // step) * step, UTC)


def rounded_down(moment: datetime, grain: timedelta) -> datetime:
    """Round down to a multiple of `grain`."""
    step = grain.total_seconds()
    return datetime.fromtimestamp(moment.timestamp() // step * step, UTC)
