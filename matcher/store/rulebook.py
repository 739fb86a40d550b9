"""The rules as they are published in the store: what rounds follow, and no round without."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from msgspec import json

from matcher.domain.extent import Arm
from matcher.domain.rules import Rules
from matcher.domain.trial import Tried
from matcher.store.backing import Backing
from matcher.store.client import Word
from matcher.store.keys import RULES_LIVE, SUMS_LIVE

TRIAL = "trial"
KNOWN = int(SUMS_LIVE / timedelta(seconds=1))
PREFIX: Mapping[Arm, str] = {Arm.LIVE: "", Arm.TRIED: "tried."}
"""With what the fields of each arm begin; `propose.lua` is told which to check."""


class Rulebook:
    """One pool's published rules; what Lua steps check stands beside them in clear."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._store = backing.store
        self._first = backing.settings.rules
        self._key = backing.keys("rules")

    def publish(self, rules: Rules, tried: Tried | None = None) -> None:
        """Put rules up for the next ten minutes; the clock does so again and again.

        Those on trial stand beside them, for as long as they are `tried`.
        """
        body = json.encode(rules, order="deterministic")
        fields = _fields(Arm.LIVE, rules)
        if tried is not None:
            fields |= {**_fields(Arm.TRIED, tried.rules), TRIAL: json.encode(tried)}
        lives = int(RULES_LIVE / timedelta(seconds=1))
        mark = sha256(body).hexdigest()
        words = (lives, mark, KNOWN, *(word for pair in fields.items() for word in pair))
        self._backing.step("publish", *words, now=self._backing.clock.now())

    def let_in(self, *, is_open: bool) -> None:
        """Say whether anybody new is taken in, by whatever rules."""
        self._backing.step("let_in", int(not is_open), KNOWN, now=self._backing.clock.now())

    def read(self) -> Rules | None:
        """Read the published rules; None when nothing is published, and so nobody is paired."""
        body = self._store.command("HGET", self._key, "body")
        return json.decode(body, type=Rules) if body else None

    def tried(self) -> Tried | None:
        """Read what is on trial; None where nothing is."""
        found = self._store.command("HGET", self._key, TRIAL)
        return json.decode(found, type=Tried) if found else None

    def since(self) -> datetime | None:
        """Say since when the rules that were published last are what they are."""
        found = self._store.command("HGET", self._backing.keys("stats:rules"), "since")
        return datetime.fromtimestamp(float(found), UTC) if found else None

    def in_force(self) -> Rules:
        """Read the published rules, or the first version where nothing is published now."""
        return self.read() or self._first


def _fields(arm: Arm, rules: Rules) -> dict[str, Word]:
    """Say what Lua steps check, and for rounds the whole of it."""
    ages = ",".join(
        f"{seeker}>{peer}" for seeker, peers in rules.musts.ages.items() for peer in peers
    )
    fields: dict[str, Word] = {
        "ages": ages,
        "a_day": rules.offers.a_day,
        "ceiling": rules.peers.capacity_ceiling,
        "hours": rules.peers.hours_a_week,
        "missed": rules.peers.missed_before_pause,
        "repeats": rules.offers.repeats,
    }
    if arm is Arm.LIVE:
        fields["body"] = json.encode(rules, order="deterministic")
    return {PREFIX[arm] + name: word for name, word in fields.items()}
