"""Who waits and who is there, every few days: covered counts, the same for whoever asks.

No true count is ever in here: what is kept was covered before.
"""

from datetime import UTC, date, datetime

from msgspec import json

from matcher.domain.cover import Shown
from matcher.store.backing import Backing
from matcher.store.keys import STANDING_LIVES
from matcher.store.vault import DAY_SECONDS, day_of

Tables = dict[str, Shown]

EVERY = 3
"""Days between two counts: each tells a little more of people who stay for weeks."""


class Standing:
    """The counts of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._store = backing.store
        self._keys = backing.keys

    def is_kept(self, *, now: datetime) -> bool:
        """Say whether these days have their counts."""
        return bool(self._store.command("EXISTS", self._name(_stretch(now))))

    def keep(self, tables: Tables, *, now: datetime) -> None:
        """Keep counts; the first ones are those of these days, whoever comes later."""
        lives = int(STANDING_LIVES.total_seconds())
        name = self._name(_stretch(now))
        self._store.command("SET", name, json.encode(tables), "NX", "EX", lives)

    def lately(self, now: datetime, count: int) -> list[tuple[date, Tables]]:
        """Read the last counts, the oldest first, each with the day from which it is."""
        stretches = range(_stretch(now) - count + 1, _stretch(now) + 1)
        found = self._store.commands([("GET", self._name(one)) for one in stretches])
        return [
            (datetime.fromtimestamp(one * EVERY * DAY_SECONDS, UTC).date(), _read(raw))
            for one, raw in zip(stretches, found, strict=True)
            if raw is not None
        ]

    def _name(self, stretch: int) -> str:
        return self._keys("stats:standing:", str(stretch))


def _stretch(now: datetime) -> int:
    return day_of(now) // EVERY


def _read(raw: bytes) -> Tables:
    return json.decode(raw, type=Tables)
