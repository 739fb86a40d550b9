"""How often something was sent lately: counts that all processes share, and that end soon.

A count is named by a keyed hash under the key of the vault's day: no address stands in the
store, and no hash of one day can be compared with those of another.
"""

from datetime import timedelta

from matcher.store.backing import Backing

MINUTE = timedelta(minutes=1)

_NO_MOMENT = (0, 0)  # these steps need not know what time it is


class Counts:
    """The counts of one pool; each raises `StoreDownError` like everything in the store."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def count(self, what: str, lasts: timedelta, *, more: int = 1) -> int:
        """Count `more` of something; what is counted ends `lasts` after the first of it."""
        return self._step("count", self._name(what), more, _millis(lasts))

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
        lives = _millis(MINUTE), pressure.forms, _millis(pressure.stays)
        return bool(self._step("press", *names, *lives))

    def use_up(self, token: str, lasts: timedelta) -> bool:
        """Use up a token that is good for one time; False when it was used before."""
        return bool(self._step("use_up", self._name(f"token {token}"), _millis(lasts)))

    def _name(self, what: str) -> str:
        return self._backing.vault.hashed_today(what.encode())

    def _step(self, name: str, *words: str | int) -> int:
        store, prefix = self._backing.store, self._backing.keys.prefix
        return int(store.step(name, prefix, *words, *_NO_MOMENT))


def _millis(length: timedelta) -> int:
    return int(length / timedelta(milliseconds=1))
