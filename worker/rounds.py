"""One round: who is there, who fits whom, and an offer to each pair that still stands."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from matcher.domain.barriers import Pair, allows
from matcher.domain.card import common_part, draw_card
from matcher.domain.counted import Event
from matcher.domain.offer import OfferId, answer_time
from matcher.domain.profile import Handle, PeerProfile, Profile, SeekerProfile
from matcher.domain.room import room_kind
from matcher.domain.rules import Rules
from matcher.domain.trial import End
from matcher.engine.company import Company
from matcher.engine.crowd import Crowd
from matcher.engine.plan import Plan, PlannedPair
from matcher.settings.model import Settings
from matcher.store.asks import ROUND, Asks
from matcher.store.backing import WAITING_GRAIN
from matcher.store.census import Census
from matcher.store.clock import StoreClock, rounded_up
from matcher.store.events import Events
from matcher.store.leases import Leases
from matcher.store.pool import Pool, Proposal
from matcher.store.rulebook import Rulebook
from matcher.store.secrets import new_id
from worker.holding import holding
from worker.reading import Gathered, gather
from worker.standing import Standing
from worker.trying import Course, Trying, chance_of, course
from worker.wishes import findable

OFFERED = "offered"
AT_ONCE = 100  # pairs looked at again and offered in one go each

logger = logging.getLogger(__name__)


class Planner(Protocol):
    """What decides who fits whom; what it says is checked again before anybody is asked."""

    def __call__(self, crowd: Crowd, *, rules: Rules, now: datetime, seed: int) -> Plan:
        """Plan one round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What rounds stand on; `leases` makes a new holder for each round."""

    census: Census
    pool: Pool
    asks: Asks
    rulebook: Rulebook
    clock: StoreClock
    leases: Callable[[], Leases]
    settings: Settings
    plan: Planner
    events: Events
    standing: Standing
    trying: Trying


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """A planned pair as it stands now: answers re-read, versions with them."""

    planned: PlannedPair
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
                going = course(rules, self._ground.rulebook.tried(), seed=seed)
                outcomes = self._run(going, fence, seed)
        now = self._ground.clock.now()
        self._ground.events.add(Event.OFFERED, now=now, times=outcomes[OFFERED])
        self._ground.standing.take(rules, now=now)
        _tell(outcomes)
        return outcomes[OFFERED]

    def _run(self, going: Course, fence: int, seed: int) -> Counter[str]:
        """Plan and propose; count what became of a newcomer while rules are on trial."""
        ground, tried = self._ground, going.tried
        now, needs = ground.clock.now(), ground.settings.needs
        gathered = gather(ground.census, needs, going.rules, now=now)
        who = None
        if tried is not None:
            chance = chance_of(seed, "newcomer")
            who = ground.trying.newcomer(tried, gathered.crowd, now=now, chance=chance)
        crowd = findable(gathered.crowd, going.rules.musts)
        plan = ground.plan(crowd, rules=going.rules, now=now, seed=seed)
        outcomes = list(self._outcomes(plan, gathered, going, fence))
        if tried is not None and who is not None:
            is_offered = (who.handle, OFFERED) in outcomes
            end = End.OFFERED if is_offered else End.LEFT
            ground.trying.count(tried, going.arm, who, end, now=now)
        return Counter(outcome for _, outcome in outcomes)

    def _outcomes(
        self, plan: Plan, gathered: Gathered, going: Course, fence: int
    ) -> Iterator[tuple[Handle, str]]:
        """Say of each planned pair's seeker what became of it."""
        rules, crowd = going.rules, gathered.crowd
        company = Company(crowd, gathered.shown, rules.musts)
        for start in range(0, len(plan.pairs), AT_ONCE):
            group = plan.pairs[start : start + AT_ONCE]
            standing = self._standing(group, rules)
            left = {one.planned.seeker for one in standing}
            yield from ((one.seeker, "changed") for one in group if one.seeker not in left)
            now = self._ground.clock.now()
            proposals = [
                self._proposal(one, company, self._times(one, rules, gathered), now)
                for one in standing
            ]
            said = self._ground.pool.propose(
                proposals, fence=fence, rules=rules, now=now, arm=going.arm
            )
            yield from zip((one.seeker for one in proposals), said, strict=True)

    def _standing(self, group: Sequence[PlannedPair], rules: Rules) -> list[_Standing]:
        """Read both sides of each pair again, and look at every hard constraint anew."""
        people = self._ground.pool.reread(
            [handle for planned in group for handle in (planned.seeker, planned.peer)]
        )
        looked_at = (self._look(planned, people, rules) for planned in group)
        return [standing for standing in looked_at if standing and allows(standing.pair)]

    def _look(
        self, planned: PlannedPair, people: Mapping[Handle, tuple[Profile, int]], rules: Rules
    ) -> _Standing | None:
        match people.get(planned.seeker), people.get(planned.peer):
            case (SeekerProfile() as seeker, int(first)), (PeerProfile() as peer, int(second)):
                needs = self._ground.settings.needs
                pair = Pair(seeker=seeker, peer=peer, needs=needs, musts=rules.musts)
                return _Standing(planned=planned, pair=pair, versions=(first, second))
            case _:
                return None

    def _proposal(
        self,
        standing: _Standing,
        company: Company,
        times: tuple[timedelta, timedelta],
        now: datetime,
    ) -> Proposal:
        """Say what is offered; it ends on a whole minute, which many offers share."""
        planned, pair = standing.planned, standing.pair
        kind = room_kind(pair.seeker.format, pair.peer.format)
        if kind is None:
            raise AssertionError  # `allows` has said that they can talk
        card = draw_card(
            pair.seeker, pair.peer, kind=kind, needs=pair.needs, best_first=planned.best_first
        )
        return Proposal(
            offer=OfferId(new_id()),
            seeker=planned.seeker,
            peer=planned.peer,
            versions=standing.versions,
            seekers_card=card,
            peers_card=common_part(card, pair.needs, company.of(planned.peer, pair.peer)),
            deadline=rounded_up(now + times[1], WAITING_GRAIN),
            lasts=times[0],
            bucket=planned.bucket if pair.seeker.consent.statistics else None,
        )

    def _times(
        self, standing: _Standing, rules: Rules, gathered: Gathered
    ) -> tuple[timedelta, timedelta]:
        """Give the seeker and the peer as long as they need, within what the rules allow."""
        planned, pair = standing.planned, standing.pair
        are_here = {planned.seeker, planned.peer} <= gathered.here
        times, most = self._ground.settings.answer_times, rules.offers.answer_within
        asked = (
            answer_time(side.look_in, are_both_here=are_here, times=times)
            for side in (pair.seeker, pair.peer)
        )
        first, second = (min(needed, most) for needed in asked)
        return first, second


def _tell(outcomes: Counter[str]) -> None:
    if outcomes:
        told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        logger.info("round: %s", told)
