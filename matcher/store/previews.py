"""Previews of rules: what is wanted, what a day still allows, what came out as it may be seen.

No true count is ever in here: what is answered was covered before.
"""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, json

from matcher.domain.rules import Rules
from matcher.settings.model import Previews as Limits
from matcher.store.backing import Backing
from matcher.store.client import text
from matcher.store.keys import ANSWER_LIVES, WANTED_LIVES
from matcher.store.secrets import new_hex
from matcher.store.vault import DAY_SECONDS, day_of

Tables = dict[str, dict[str, int | None]]


class Asked(StrEnum):
    """What becomes of a question."""

    NEW = "new"
    AGAIN = "again"
    SPENT = "spent"


class Wanted(Struct, frozen=True):
    """Rules that somebody wants to see at work; `who` is a coordinator's id."""

    rules: Rules
    who: str


class Previews:
    """The previews of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._store = backing.store
        self._keys = backing.keys

    @property
    def limits(self) -> Limits:
        """What a preview and a day may tell."""
        return self._backing.settings.previews

    def want(self, rules: Rules, *, who: str) -> str:
        """Put rules down for a preview; returns its id, which a job can carry."""
        made = new_hex()
        name = self._keys("stats:wanted:", made)
        self._set(name, json.encode(Wanted(rules, who)), WANTED_LIVES)
        return made

    def wanted(self, preview: str) -> Wanted | None:
        """Read what is wanted; None where it is gone."""
        found = self._store.command("GET", self._keys("stats:wanted:", preview))
        return None if found is None else json.decode(found, type=Wanted)

    def spend(self, question: str, *, who: str, now: datetime) -> Asked:
        """Ask a question of today; whoever asks, all that a pool tells in a day adds up."""
        day = day_of(now)
        words = (
            day,
            self._digest(question),
            self._digest(who),
            self.limits.a_day,
            self.limits.each_a_day,
            (day + 2) * DAY_SECONDS,
        )
        answer = self._backing.step("spend", *words, now=now)
        return Asked(text(answer) if isinstance(answer, bytes) else Asked.SPENT)

    def keep(self, question: str, tables: Tables, *, now: datetime) -> Tables:
        """Keep the first answer to a question of today, and return it, whoever comes later."""
        name = self._keys("stats:answer:", f"{day_of(now)}-{self._digest(question)}")
        lives = int(ANSWER_LIVES.total_seconds())
        self._store.command("SET", name, json.encode(tables), "NX", "EX", lives)
        return self._read(name) or tables

    def kept(self, question: str, *, now: datetime) -> Tables | None:
        """Read what was answered to a question of today."""
        name = self._keys("stats:answer:", f"{day_of(now)}-{self._digest(question)}")
        return self._read(name)

    def answer(self, preview: str, tables: Tables) -> None:
        """Tell what came out; nothing in it: the day's questions are used up."""
        name = self._keys("stats:answer:", preview)
        self._set(name, json.encode(tables), ANSWER_LIVES)

    def answered(self, preview: str) -> Tables | None:
        """Read what came out; None while it is not there."""
        return self._read(self._keys("stats:answer:", preview))

    def _read(self, name: str) -> Tables | None:
        found = self._store.command("GET", name)
        return (
            None if found is None else json.decode(found, type=dict[str, dict[str, int | None]])
        )

    def _set(self, name: str, value: bytes, lives: timedelta) -> None:
        self._store.command("SET", name, value, "EX", int(lives.total_seconds()))

    def _digest(self, what: str) -> str:
        key = self._backing.secrets.noise_key()
        return hmac.digest(key, what.encode(), "sha256").hex()[:32]
