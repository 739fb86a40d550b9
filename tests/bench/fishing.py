"""Weeks in a pool where hostile peers, each with a crafted profile, fish for one known person.

Each knows all that their target would answer, and wants to know one thing: is this person here?
They see what peers see: cards. They say no to each at once, so that the next one comes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np

from matcher.domain.card import Card, common_part
from matcher.domain.profile import Handle, PeerProfile, SeekerProfile
from matcher.domain.rules import Rules
from matcher.engine.plan import PlannedPair, plan_round
from matcher.engine.population import DRAWN_AT, FreePeer, Population, WaitingSeeker
from tests.bench.baits import NEEDS, ROUNDS_A_DAY, Hostile, Waters, card_of, craft, people
from tests.gathering import gathered
from worker.company import Company

ROUND = timedelta(days=1) / ROUNDS_A_DAY
TALK = timedelta(days=7)  # for so long an honest peer carries somebody
BOTH_SAY_YES = 0.45
NEVER = 10**6


@dataclass(slots=True, kw_only=True)
class _Pool:
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
        return DRAWN_AT + self.now * ROUND


def fish(waters: Waters, seed: int) -> list[Hostile]:
    """Let the weeks pass; returns every hostile peer with what they saw."""
    rng = np.random.default_rng(seed)
    seekers, peers = people()
    chosen = rng.choice(len(peers), waters.peers, replace=False)
    honest = {Handle(f"peer-{at}"): peers[at] for at in chosen}
    hostile = craft(waters, seekers, rng)
    pool = _Pool(rng=rng, rules=waters.rules)
    for pool.now in range(waters.days * ROUNDS_A_DAY):
        _come(pool, seekers, hostile, waters)
        baits = {name: _bait_at(one, pool.now) for name, one in hostile.items()}
        _suggest(pool, {**honest, **baits}, hostile, waters)
    return list(hostile.values())


def _suggest(
    pool: _Pool,
    profiles: Mapping[Handle, PeerProfile],
    hostile: Mapping[Handle, Hostile],
    waters: Waters,
) -> None:
    """Run one round, and let everybody answer."""
    population = _population(pool, profiles)
    company = Company(gathered(population, NEEDS), waters.rules.musts)
    seed = int(pool.rng.integers(2**32))
    plan = plan_round(population, needs=NEEDS, rules=waters.rules, now=pool.moment, seed=seed)
    for pair in plan.pairs:
        pool.asked.setdefault(pair.peer, []).append(pool.now)
        if pair.peer not in hostile:
            _answer(pool, pair)
            continue
        bait = profiles[pair.peer]
        card = card_of(pool.waiting[pair.seeker].profile, bait, pair.best_first)
        if waters.are_cards_common:
            card = common_part(card, NEEDS, company.of(pair.peer, bait))
        _look(pool, hostile[pair.peer], pair, card, waters)


def _come(
    pool: _Pool,
    seekers: Sequence[SeekerProfile],
    hostile: Mapping[Handle, Hostile],
    waters: Waters,
) -> None:
    """Let as many come as have left, and each target in their hour."""
    while len(pool.waiting) < waters.seekers:
        profile = replace(seekers[int(pool.rng.integers(len(seekers)))], relay_ok=True)
        _wait(pool, f"seeker-{pool.count}", profile)
    for name, one in hostile.items():
        if one.is_here and one.comes == pool.now:
            _wait(pool, f"target-{name}", one.target)


def _wait(pool: _Pool, name: str, profile: SeekerProfile) -> None:
    handle = Handle(name)
    pool.count += 1
    pool.waiting[handle] = WaitingSeeker(
        handle=handle, profile=profile, waiting_since=pool.moment
    )


def _bait_at(one: Hostile, now: int) -> PeerProfile:
    """Put out the bait that counts by now."""
    if one.changes is not None and one.changes <= now:
        one.bait, one.changes = 1 - one.bait, None
    return one.baits[one.bait]


def _population(pool: _Pool, profiles: Mapping[Handle, PeerProfile]) -> Population:
    peers = tuple(
        FreePeer(handle=name, profile=profile, free=_free(pool, name, profile))
        for name, profile in profiles.items()
    )
    barred = frozenset(pair for pair, until in pool.barred.items() if until > pool.now)
    return Population(seekers=tuple(pool.waiting.values()), peers=peers, barred=barred)


def _free(pool: _Pool, name: Handle, profile: PeerProfile) -> int:
    """Count a peer's places: what they carry, and what is left of the day's ration."""
    carried = sum(ends > pool.now for ends in pool.carried.get(name, ()))
    today = sum(at > pool.now - ROUNDS_A_DAY for at in pool.asked.get(name, ()))
    most = min(profile.capacity, pool.rules.peers.capacity_ceiling) - carried
    return max(0, min(most, pool.rules.offers.a_day - today))


def _answer(pool: _Pool, pair: PlannedPair) -> None:
    """Let honest people answer: they talk, or are never suggested to each other again."""
    if pool.rng.random() < BOTH_SAY_YES:
        del pool.waiting[pair.seeker]
        pool.carried.setdefault(pair.peer, []).append(pool.now + int(TALK / ROUND))
    else:
        pool.barred[pair.seeker, pair.peer] = NEVER


def _look(pool: _Pool, one: Hostile, pair: PlannedPair, card: Card, waters: Waters) -> None:
    """Look at a card and say no; after one that fits, change the bait and look again."""
    fits = _fits(card, one.cards[one.bait], waters)
    pool.barred[pair.seeker, pair.peer] = NEVER
    one.looks.append((fits, len(card.needs) + len(card.groups)))
    if one.bait == 0 and fits and one.changes is None and waters.do_look_twice:
        late = waters.are_edits_late
        one.changes = pool.now + (ROUNDS_A_DAY if late else 1)
        again = int(waters.rules.offers.repeat_after / ROUND) if late else 1
        pool.barred[pair.seeker, pair.peer] = pool.now + again
    elif one.bait == 1 and fits:
        one.again = True
    elif one.bait == 1 and not waters.are_edits_late:
        one.changes = pool.now + 1  # it was somebody else: back to the first bait


def _fits(card: Card, expected: Card, waters: Waters) -> bool:
    """Tell whether a card could be the target's: what it shows is all, or some, of theirs."""
    if not waters.are_cards_common:
        return card == expected
    groups = {*expected.groups, *(NEEDS.by_id[need].group for need in expected.needs)}
    return (
        set(card.needs) <= set(expected.needs)
        and set(card.groups) <= groups
        and card.languages in {expected.languages, frozenset()}
        and card.kind is expected.kind
    )
