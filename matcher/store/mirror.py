"""The list of spent tickets beside the vault, and the store: each holds what the other does.

A ticket that was spent on one machine is void on every other: while the store lives it says so
itself, and after it was lost each machine's own list does. What was spent in the last seconds
before a loss may stand on one machine alone, until that one has put it up again.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import chain, islice

from matcher.store.backing import Backing
from matcher.store.client import text
from matcher.store.spent import SpentList, opens_since

AT_ONCE = 500


class SpentMirror:
    """Keeps the list of one machine and the marks of one pool alike."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._list = SpentList(backing.settings.folders.vault)

    def act(self, now: datetime) -> None:
        """Take over what other machines spent, and put up what the store has lost.

        What no ticket can hold any more goes.
        """
        self._list.forget(opens_since(self._backing.vault))
        stored, own = self._stored(), self._list.marks()
        fresh = _missing(stored, own, now)
        if fresh:
            lines = (f"{mark} {ends:.0f}\n" for mark, ends in fresh.items())
            self._list.merge("".join(lines))
        self._put_up(_missing(own, stored, now), now)

    def _stored(self) -> Mapping[str, float]:
        name = self._backing.keys("t")
        found = self._backing.store.command("ZRANGE", name, 0, -1, "WITHSCORES")
        return {text(mark): float(ends) for mark, ends in found}

    def _put_up(self, lost: Mapping[str, float], now: datetime) -> None:
        left = iter(lost.items())
        while some := list(islice(left, AT_ONCE)):
            words = chain.from_iterable((mark, f"{ends:.0f}") for mark, ends in some)
            self._backing.step("note_spent", *words, now=now)


def _missing(
    held: Mapping[str, float], elsewhere: Mapping[str, float], now: datetime
) -> dict[str, float]:
    moment = now.timestamp()
    return {
        mark: ends for mark, ends in held.items() if mark not in elsewhere and ends > moment
    }
