"""A preview: two versions of rules tried on people who are drawn, or on those who wait now.

What is about people who wait is told only in covered counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from math import sqrt

import numpy as np
from msgspec import json

from matcher.domain.cover import Cover, shown
from matcher.domain.jobs import Progress
from matcher.domain.preview import SIDES, Compared, Crowd as Drawn, Outcome, Tables
from matcher.domain.rules import Rules
from matcher.engine.counting import MOST_CHANGED, count
from matcher.engine.crowd import Crowd
from matcher.engine.mixing import draw_mixed
from matcher.engine.outcome import outcome
from matcher.engine.population import DRAWN_AT
from matcher.settings.model import Settings
from matcher.store.census import Census
from matcher.store.clock import StoreClock
from matcher.store.previews import Asked, Previews as Store, Wanted
from worker.reading import gather
from worker.rounds import Planner
from worker.wishes import left_out, without

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
    """Runs previews over one pool; `note` is told how far one has come."""

    def __init__(self, ground: Ground, note: Callable[[Progress], None]) -> None:
        self._ground = ground
        self._note = note

    def run(self, preview: str) -> bool:
        """Run one preview; False when it is not wanted (any more)."""
        wanted = self._ground.store.wanted(preview)
        if wanted is None:
            return False
        steps = _Steps(self._note, lambda: self._ground.store.wanted(preview) is not None)
        try:
            shown = self._shown(wanted, steps)
        except ForgottenError:
            return False
        self._ground.store.answer(preview, shown)
        return True

    def _shown(self, wanted: Wanted, steps: "_Steps") -> Compared:
        if wanted.crowd is None:
            return self._live(wanted, steps)
        return self._drawn(wanted, wanted.crowd, steps)

    def _drawn(self, wanted: Wanted, asked: Drawn, steps: "_Steps") -> Compared:
        """Try both versions on the same drawn people."""
        steps.begin(of=3)
        crowd = draw_mixed(asked, SEED, self._ground.settings.needs)
        steps.next()
        return Compared(
            drawn=(
                self._outcome(crowd, wanted.before, steps),
                self._outcome(crowd, wanted.after, steps),
            ),
            crowd=asked,
        )

    def _outcome(self, crowd: Crowd, rules: Rules, steps: "_Steps") -> Outcome:
        """Run a round as it is run; who waits live is counted without the guard of wishes.

        There one peer more or less could move very many counts at once, which no noise hides.
        """
        out = left_out(crowd, rules.musts)
        plan = self._ground.plan(without(crowd, out), rules=rules, now=DRAWN_AT, seed=SEED)
        steps.next()
        return outcome(crowd, plan, DRAWN_AT, by_wishes=out.pairs)

    def _live(self, wanted: Wanted, steps: "_Steps") -> Compared:
        """Try both versions on everybody who is there now, if the day allows this question.

        The first answer to a question is the answer of that day, whoever asks again: the same
        question about people who have changed meanwhile would tell how they have changed.
        """
        store, now = self._ground.store, self._ground.clock.now()
        question = sha256(_written((wanted.before, wanted.after))).hexdigest()
        if store.spend(question, who=wanted.who, now=now) is Asked.SPENT:
            return Compared(live={})
        tables = store.kept(question, now=now)
        if tables is None:
            tables = store.keep(question, self._tables(wanted, now, steps), now=now)
        return Compared(live=tables, off_by=sqrt(2) * float(_cover(b"", self._ground).scale))

    def _tables(self, wanted: Wanted, now: datetime, steps: "_Steps") -> Tables:
        steps.begin(of=4)
        versions = dict(zip(SIDES, (wanted.before, wanted.after), strict=True))
        counts: dict[str, Mapping[str, int]] = {}
        asked = sha256()
        for side, rules in versions.items():
            crowd = self._crowd(rules, now)
            steps.next()
            plan = self._ground.plan(crowd, rules=rules, now=now, seed=SEED)
            counts |= {f"{side}.{name}": t for name, t in count(crowd, plan, now).items()}
            asked.update(question_of(crowd, rules, now))
            steps.next()
        return covered(counts, asked.digest(), self._ground)

    def _crowd(self, rules: Rules, now: datetime) -> Crowd:
        needs = self._ground.settings.needs
        return gather(self._ground.census, needs, rules, now=now).crowd


class ForgottenError(Exception):
    """Nobody wants this preview any more."""


class _Steps:
    """The steps of one preview; each is told, and ends it where nobody wants it any more."""

    def __init__(self, note: Callable[[Progress], None], is_wanted: Callable[[], bool]) -> None:
        self._note = note
        self._is_wanted = is_wanted
        self._progress = Progress(0, 1)

    def begin(self, *, of: int) -> None:
        """Say how many there are."""
        self._progress = Progress(0, of)
        self._note(self._progress)

    def next(self) -> None:
        """Say that one more is done."""
        if not self._is_wanted():
            raise ForgottenError
        self._progress = self._progress._replace(done=self._progress.done + 1)
        self._note(self._progress)


def covered(counts: Mapping[str, Mapping[str, int]], question: bytes, ground: Ground) -> Tables:
    """Cover true counts as the settings say: the only way for them to leave this module."""
    return shown(counts, _cover(question, ground))


def _cover(question: bytes, ground: Ground) -> Cover:
    return Cover(
        key=ground.key,
        question=question,
        epsilon=Fraction(str(ground.settings.previews.epsilon)),
        sensitivity=len(SIDES) * MOST_CHANGED,  # a person may move the counts of both
    )


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
