"""Previews of rules: what is wanted, what a day still allows, what came out as it may be seen.

No true count of people is ever in here: what is answered was covered before, or is about people
who were drawn.
"""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, json

from matcher.domain.preview import Compared, Crowd, Tables
from matcher.domain.rules import Rules
from matcher.settings.model import Previews as Limits
from matcher.store.backing import Backing
from matcher.store.client import text
from matcher.store.keys import ANSWER_LIVES, WANTED_LIVES
from matcher.store.secrets import new_hex
from matcher.store.vault import DAY_SECONDS, day_of


class Asked(StrEnum):
    """What becomes of a question."""

    NEW = "new"
    AGAIN = "again"
    SPENT = "spent"


class Wanted(Struct, frozen=True, kw_only=True):
    """Rules that somebody wants to see beside those `before`; `who` is a coordinator's id.

    They are tried on a `crowd` that is drawn, or else on the people who wait.
    """

    before: Rules
    after: Rules
    who: str
    crowd: Crowd | None = None


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

    def want(self, wanted: Wanted) -> str:
        """Put down what is wanted; returns its id, which a job can carry."""
        made = new_hex()
        self._set(self._keys("stats:wanted:", made), json.encode(wanted), WANTED_LIVES)
        return made

    def forget(self, preview: str) -> None:
        """Want it no more: a job that runs it ends with its next step."""
        self._store.command("DEL", self._keys("stats:wanted:", preview))

    def wanted(self, preview: str) -> Wanted | None:
        """Read what is (still) wanted; None where it is gone."""
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
        self._store.command("SET", name, json.encode(Compared(live=tables)), "NX", "EX", lives)
        return self.kept(question, now=now) or tables

    def kept(self, question: str, *, now: datetime) -> Tables | None:
        """Read what was answered to a question of today."""
        name = self._keys("stats:answer:", f"{day_of(now)}-{self._digest(question)}")
        found = self._read(name)
        return found.live if found else None

    def answer(self, preview: str, shown: Compared) -> None:
        """Tell what came out."""
        self._set(self._keys("stats:answer:", preview), json.encode(shown), ANSWER_LIVES)

    def answered(self, preview: str) -> Compared | None:
        """Read what came out; None while it is not there."""
        return self._read(self._keys("stats:answer:", preview))

    def _read(self, name: str) -> Compared | None:
        found = self._store.command("GET", name)
        return None if found is None else json.decode(found, type=Compared)

    def _set(self, name: str, value: bytes, lives: timedelta) -> None:
        self._store.command("SET", name, value, "EX", int(lives.total_seconds()))

    def _digest(self, what: str) -> str:
        key = self._backing.secrets.noise_key()
        return hmac.digest(key, what.encode(), "sha256").hex()[:32]
