"""One round: who is there, who fits whom, and an offer to each pair that still stands."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from matcher.domain.barriers import Pair, allows
from matcher.domain.card import draw_card
from matcher.domain.needs import Needs
from matcher.domain.offer import OfferId, answer_time
from matcher.domain.profile import Handle, PeerProfile, SeekerProfile
from matcher.domain.room import room_kind
from matcher.domain.rules import Rules
from matcher.engine.plan import Plan, PlannedPair, plan_round
from matcher.engine.population import FreePeer, Population, WaitingSeeker
from matcher.settings.model import Settings
from matcher.store.asks import ROUND, Asks
from matcher.store.backing import WAITING_GRAIN
from matcher.store.clock import StoreClock, rounded_up
from matcher.store.leases import Leases
from matcher.store.pool import Pool, Proposal, Snapshot
from matcher.store.rulebook import Rulebook
from matcher.store.secrets import new_id
from worker.holding import holding

OFFERED = "offered"

logger = logging.getLogger(__name__)


class Planner(Protocol):
    """What decides who fits whom; what it says is checked again before anybody is asked."""

    def __call__(
        self, population: Population, *, needs: Needs, rules: Rules, now: datetime, seed: int
    ) -> Plan:
        """Plan one round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What rounds stand on; `leases` makes a new holder for each round."""

    pool: Pool
    asks: Asks
    rulebook: Rulebook
    clock: StoreClock
    leases: Callable[[], Leases]
    settings: Settings
    plan: Planner = plan_round


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """A planned pair as it stands now: answers re-read, versions with them."""

    pair: Pair
    versions: tuple[int, int]


class Rounds:
    """Runs rounds over one pool."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def run(self, *, seed: int) -> int:
        """Run one round; returns how many offers it made.

        Safe to run twice, beside another one, or to kill anywhere: each offer is one step in
        the store, which has the last word on everybody's state.
        """
        rules = self._ground.rulebook.read()
        if rules is None:
            logger.warning("no rules are published: no round")
            return 0
        times, asks = self._ground.settings.rounds, self._ground.asks
        with holding(self._ground.leases(), ROUND, times) as fence:
            if fence is None:
                asks.put()  # whoever came meanwhile is not in the running round
                return 0
            with asks.running(fence):
                outcomes = Counter(self._outcomes(rules, fence, seed))
        _tell(outcomes)
        return outcomes[OFFERED]

    def _outcomes(self, rules: Rules, fence: int, seed: int) -> Iterator[str]:
        now = self._ground.clock.now()
        snapshot = self._ground.pool.snapshot(rules, now=now)
        needs = self._ground.settings.needs
        people = population_of(snapshot)
        plan = self._ground.plan(people, needs=needs, rules=rules, now=now, seed=seed)
        here = _here(snapshot)
        for planned in plan.pairs:
            standing = self._standing(planned, rules)
            if standing is None:
                yield "changed"
                continue
            now = self._ground.clock.now()
            are_both_here = {planned.seeker, planned.peer} <= here
            waits = self._waits(standing.pair, rules, are_both_here=are_both_here)
            proposal = self._proposal(planned, standing, deadline=_deadline(now, waits))
            yield self._ground.pool.propose(proposal, fence=fence, rules=rules, now=now)

    def _standing(self, planned: PlannedPair, rules: Rules) -> _Standing | None:
        """Read both sides again, and look at every hard constraint with other eyes."""
        seeker = self._ground.pool.reread(planned.seeker)
        peer = self._ground.pool.reread(planned.peer)
        match seeker, peer:
            case (SeekerProfile() as one, int(first)), (PeerProfile() as other, int(second)):
                needs = self._ground.settings.needs
                pair = Pair(seeker=one, peer=other, needs=needs, musts=rules.musts)
                return _Standing(pair=pair, versions=(first, second)) if allows(pair) else None
            case _:
                return None

    def _waits(self, pair: Pair, rules: Rules, *, are_both_here: bool) -> timedelta:
        """Give both sides as long for an answer as they need, within what the rules allow."""
        needed = answer_time(
            pair.seeker.look_in,
            pair.peer.look_in,
            are_both_here=are_both_here,
            times=self._ground.settings.answer_times,
        )
        return min(needed, rules.offers.answer_within)

    def _proposal(
        self, planned: PlannedPair, standing: _Standing, *, deadline: datetime
    ) -> Proposal:
        seeker, peer = standing.pair.seeker, standing.pair.peer
        kind = room_kind(seeker.format, peer.format)
        if kind is None:
            raise AssertionError  # `allows` has said that they can talk
        card = draw_card(
            seeker, peer, kind=kind, needs=standing.pair.needs, best_first=planned.best_first
        )
        return Proposal(
            offer=OfferId(new_id()),
            seeker=planned.seeker,
            peer=planned.peer,
            versions=standing.versions,
            card=card,
            deadline=deadline,
        )


def population_of(snapshot: Snapshot) -> Population:
    """Turn what the store holds into what the engine reads."""
    return Population(
        seekers=tuple(
            WaitingSeeker(handle=one.handle, profile=one.profile, waiting_since=one.since)
            for one in snapshot.seekers
        ),
        peers=tuple(
            FreePeer(handle=one.handle, profile=one.profile, free=one.free, missed=one.missed)
            for one in snapshot.peers
        ),
        barred=frozenset((one.handle, peer) for one in snapshot.seekers for peer in one.barred),
    )


def _here(snapshot: Snapshot) -> frozenset[Handle]:
    seekers = frozenset(one.handle for one in snapshot.seekers if one.is_here)
    return seekers | {one.handle for one in snapshot.peers if one.is_here}


def _deadline(now: datetime, waits: timedelta) -> datetime:
    """End on a whole minute, which many offers share."""
    return rounded_up(now + waits, WAITING_GRAIN)


def _tell(outcomes: Counter[str]) -> None:
    if outcomes:
        told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        logger.info("round: %s", told)
