"""By which rules a round goes while others are on trial, and what it does for one newcomer.

Which arm a round belongs to is drawn anew for each. So is the newcomer who is counted, before
anybody is paired: chance alone decides who is counted under which rules.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.extent import Arm
from matcher.domain.noise import Chance, KeyedChance
from matcher.domain.profile import Handle, SeekerProfile
from matcher.domain.rules import Rules
from matcher.domain.trial import End, Tried
from matcher.engine.crowd import Crowd
from matcher.store.pool import Pool
from matcher.store.trials import TrialSums

LOOKS_AT = 20
"""Of so many newcomers at the most, the first drawn who agreed to it is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The rules of one round, and the trial that it belongs to."""

    arm: Arm
    rules: Rules
    tried: Tried | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Whose first round it is."""

    handle: Handle
    profile: SeekerProfile


def course(live: Rules, tried: Tried | None, *, seed: int) -> Course:
    """Draw by which rules a round goes."""
    if tried is None or tried.extent.draw(chance_of(seed, "arm")) is Arm.LIVE:
        return Course(arm=Arm.LIVE, rules=live, tried=tried)
    return Course(arm=Arm.TRIED, rules=tried.rules, tried=tried)


def chance_of(seed: int, what: str) -> Chance:
    """Derive chance from a round's seed that nothing else in the round draws from."""
    return KeyedChance(str(seed).encode(), what.encode())


class Trying:
    """Counts for the trial that rounds belong to; `sums` are those of a trial."""

    def __init__(self, pool: Pool, sums: Callable[[int], TrialSums]) -> None:
        self._pool = pool
        self._sums = sums

    def newcomer(
        self, tried: Tried, crowd: Crowd, *, now: datetime, chance: Chance
    ) -> Newcomer | None:
        """Draw one of those whom no round has looked at before, if any agreed to be counted."""
        since, until = self._sums(tried.number).come_since(tried.since, now=now)
        first, last = since.timestamp(), until.timestamp()
        new = [
            handle
            for handle, came in zip(crowd.seekers, crowd.since, strict=True)
            if first <= came < last
        ]
        drawn = [new.pop(chance.below(len(new))) for _ in range(min(LOOKS_AT, len(new)))]
        people = self._pool.reread(drawn)
        for handle in drawn:
            match people.get(handle):
                case (SeekerProfile() as profile, int()) if profile.consent.statistics:
                    return Newcomer(handle=handle, profile=profile)
                case _:
                    continue
        return None

    def count(self, tried: Tried, arm: Arm, who: Newcomer, end: End, *, now: datetime) -> None:
        """Count what the round did for them."""
        self._sums(tried.number).add(arm, end, who.profile, now=now)
