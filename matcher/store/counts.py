"""How often something was sent lately: counts that all processes share, and that end soon.

A count is named by a keyed hash under the key of the vault's day: no address stands in the
store, and no hash of one day can be compared with those of another. A token that was used up is
named under the day on which it ends, so that it is not good again after midnight. All
counts of one length end together, at multiples of it, so that no end dates what was sent.
"""

from datetime import datetime, timedelta

from matcher.store.backing import Backing, at
from matcher.store.clock import rounded_down, rounded_up
from matcher.store.keys import MINUTE, VISIT_GRAIN


class Counts:
    """The counts of one pool; each raises `StoreDownError` like everything in the store."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def count(self, what: str, lasts: timedelta, *, more: int = 1) -> int:
        """Count `more` of something in this stretch of `lasts`; everybody's end together."""
        now = self._backing.clock.now()
        return self._step("count", self._name(what), more, _end(now, lasts), now=now)

    def counted(self, what: str) -> int:
        """Say how many were counted."""
        key = self._backing.keys("lim:", self._name(what))
        return int(self._backing.store.command("GET", key) or 0)

    def left(self, what: str) -> timedelta:
        """Say after how long the count ends; nothing where there is none."""
        key = self._backing.keys("lim:", self._name(what))
        return timedelta(milliseconds=max(0, self._backing.store.command("PTTL", key)))

    def forget(self, what: str) -> None:
        """End a count."""
        self._backing.store.command("DEL", self._backing.keys("lim:", self._name(what)))

    def press(self) -> bool:
        """Count one more form of a newcomer; tell whether so many come that work is asked."""
        pressure = self._backing.settings.pressure
        names = self._name("newcomers"), self._name("pressed")
        now = self._backing.clock.now()
        remembered = at(rounded_up(now + pressure.stays, MINUTE))
        ends = _end(now, MINUTE), pressure.forms, remembered
        return bool(self._step("press", *names, *ends, now=now))

    def use_up(self, token: str, *, until: datetime) -> bool:
        """Use up a token that is good for one time, `until` then; False when it was before."""
        name = self._backing.vault.hashed_until(f"token {token}".encode(), until)
        ends = at(rounded_up(until, VISIT_GRAIN))
        return bool(self._step("use_up", name, ends, now=self._backing.clock.now()))

    def _name(self, what: str) -> str:
        return self._backing.vault.hashed_today(what.encode())

    def _step(self, name: str, *words: str | int, now: datetime) -> int:
        answer = self._backing.step(name, *words, now=now)
        return answer if isinstance(answer, int) else 0


def _end(now: datetime, lasts: timedelta) -> str:
    """Say when this stretch of `lasts` ends, and the next begins."""
    return at(rounded_down(now, lasts) + lasts)
