"""Weeks in a pool: who comes, who is asked, and what honest people say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np

from matcher.domain.profile import Handle, PeerProfile, SeekerProfile
from matcher.domain.rules import Rules
from matcher.engine.crowd import Crowd
from matcher.engine.plan import Plan, PlannedPair, plan_crowd
from matcher.engine.population import DRAWN_AT, FreePeer, Population, WaitingSeeker
from tests.bench.baits import NEEDS, ROUNDS_A_DAY
from worker.wishes import findable

ROUND = timedelta(days=1) / ROUNDS_A_DAY
TALK = timedelta(days=7)  # for so long an honest peer carries somebody
BOTH_SAY_YES = 0.45
NEVER = 10**6


@dataclass(slots=True, kw_only=True)
class Pool:
    """Who waits, what peers carry, who was asked when, until when pairs are barred.

    `now` counts rounds; `count` counts everybody who ever came.
    """

    rng: np.random.Generator
    rules: Rules
    now: int = 0
    count: int = 0
    waiting: dict[Handle, WaitingSeeker] = field(default_factory=dict)
    carried: dict[Handle, list[int]] = field(default_factory=dict)
    asked: dict[Handle, list[int]] = field(default_factory=dict)
    barred: dict[tuple[Handle, Handle], int] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """When the round that counts now begins."""
        return DRAWN_AT + self.now * ROUND

    def fill(self, seekers: Sequence[SeekerProfile], most: int) -> None:
        """Let as many come as have left."""
        while len(self.waiting) < most:
            profile = replace(seekers[int(self.rng.integers(len(seekers)))], relay_ok=True)
            self.wait(f"seeker-{self.count}", profile)

    def wait(self, name: str, profile: SeekerProfile) -> None:
        """Let somebody wait from now on."""
        handle = Handle(name)
        self.count += 1
        self.waiting[handle] = WaitingSeeker(
            handle=handle, profile=profile, waiting_since=self.moment
        )

    def people(self, profiles: Mapping[Handle, PeerProfile]) -> Population:
        """Say who is there in this round, with these peers."""
        peers = tuple(
            FreePeer(handle=name, profile=profile, free=self._free(name, profile))
            for name, profile in profiles.items()
        )
        barred = frozenset(pair for pair, until in self.barred.items() if until > self.now)
        return Population(seekers=tuple(self.waiting.values()), peers=peers, barred=barred)

    def plan(self, people: Population, *, is_any_wish_met: bool) -> Plan:
        """Plan this round; whoever is in it was asked."""
        seed = int(self.rng.integers(2**32))
        crowd = Crowd.of(people, NEEDS)
        if not is_any_wish_met:
            crowd = findable(crowd, self.rules.musts)
        plan = plan_crowd(crowd, rules=self.rules, now=self.moment, seed=seed)
        for pair in plan.pairs:
            self.asked.setdefault(pair.peer, []).append(self.now)
        return plan

    def answer(self, pair: PlannedPair) -> None:
        """Let honest people answer: they talk, or are never suggested to each other again."""
        if self.rng.random() < BOTH_SAY_YES:
            del self.waiting[pair.seeker]
            self.carried.setdefault(pair.peer, []).append(self.now + int(TALK / ROUND))
        else:
            self.barred[pair.seeker, pair.peer] = NEVER

    def _free(self, name: Handle, profile: PeerProfile) -> int:
        """Count a peer's places: what they carry, and what is left of the day's ration."""
        carried = sum(ends > self.now for ends in self.carried.get(name, ()))
        today = sum(at > self.now - ROUNDS_A_DAY for at in self.asked.get(name, ()))
        most = min(profile.capacity, self.rules.peers.capacity_ceiling) - carried
        return max(0, min(most, self.rules.offers.a_day - today))
