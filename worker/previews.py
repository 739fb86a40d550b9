"""A preview: rules tried on the people who wait now, told only in covered counts."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction
from hashlib import sha256

import numpy as np
from msgspec import json

from matcher.domain.cover import Cover, shown
from matcher.domain.rules import Rules
from matcher.engine.counting import MOST_CHANGED, count
from matcher.engine.crowd import Crowd
from matcher.settings.model import Settings
from matcher.store.census import Census
from matcher.store.clock import StoreClock
from matcher.store.previews import Asked, Previews as Store, Tables
from worker.reading import gather
from worker.rounds import Planner

SEED = 0  # chance must not tell two questions apart that are the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What previews stand on; `key` keeps noise from being guessed."""

    census: Census
    store: Store
    clock: StoreClock
    settings: Settings
    plan: Planner
    key: bytes


class Previews:
    """Runs previews over one pool."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def run(self, preview: str) -> bool:
        """Run one preview; False when it is gone, or the day's questions are used up.

        The first answer to a question is the answer of that day, whoever asks again: the same
        question about people who have changed meanwhile would tell how they have changed.
        """
        store, now = self._ground.store, self._ground.clock.now()
        wanted = store.wanted(preview)
        if wanted is None:
            return False
        question = sha256(_written(wanted.rules)).hexdigest()
        if store.spend(question, who=wanted.who, now=now) is Asked.SPENT:
            store.answer(preview, {})
            return False
        tables = store.kept(question, now=now) or self._tables(wanted.rules, now)
        store.answer(preview, store.keep(question, tables, now=now))
        return True

    def _tables(self, rules: Rules, now: datetime) -> Tables:
        """Try rules on everybody who is there now, read once."""
        crowd = gather(self._ground.census, self._ground.settings.needs, rules, now=now).crowd
        plan = self._ground.plan(crowd, rules=rules, now=now, seed=SEED)
        question = question_of(crowd, rules, now)
        return covered(count(crowd, plan, now), question, self._ground)


def covered(counts: Mapping[str, Mapping[str, int]], question: bytes, ground: Ground) -> Tables:
    """Cover true counts as the settings say: the only way for them to leave this module."""
    cover = Cover(
        key=ground.key,
        question=question,
        epsilon=Fraction(str(ground.settings.previews.epsilon)),
        sensitivity=MOST_CHANGED,
    )
    return shown(counts, cover)


def question_of(crowd: Crowd, rules: Rules, now: datetime) -> bytes:
    """Name what was counted: these people with these answers at this moment, by these rules.

    Noise that stayed the same while anything else changed would show the change.
    """
    found = sha256(_written((rules, now, list(crowd.seekers), list(crowd.peers))))
    for side in (crowd.people.seekers, crowd.people.peers):
        for column in fields(side):
            found.update(np.ascontiguousarray(getattr(side, column.name)).data)
    for told in (crowd.since, crowd.free, crowd.missed, crowd.barred):
        found.update(np.ascontiguousarray(told).data)
    return found.digest()


def _written(what: object) -> bytes:
    """Write the same for the same, in whichever order its sets are kept."""
    return json.encode(what, order="deterministic")
