"""Weeks in a pool where hostile peers, each with a crafted profile, fish for one known person.

Each knows everything their target would answer and wants to know one thing: is this person here?
They see what peers see: cards. They say no to every card at once, so that the next one comes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

import numpy as np

from matcher.domain.barriers import Pair, allows
from matcher.domain.card import Card, draw_card
from matcher.domain.needs import NeedId, Needs
from matcher.domain.profile import (
    GENDERS,
    Experience,
    Format,
    Handle,
    Help,
    Lived,
    PeerProfile,
    SeekerProfile,
    Since,
)
from matcher.domain.room import room_kind
from matcher.domain.rules import Rules
from matcher.engine.plan import PlannedPair, plan_round
from matcher.engine.population import DRAWN_AT, FreePeer, Population, WaitingSeeker, draw
from matcher.engine.society import catalogue

ROUNDS_A_DAY = 2
ROUND = timedelta(days=1) / ROUNDS_A_DAY
TALK = timedelta(days=7)  # for so long an honest peer carries somebody
BOTH_SAY_YES = 0.45
NEVER = 10**6
NEEDS = catalogue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waters:
    """What is fished in; `are_edits_late` and the rules' draw and ration are the guards."""

    rules: Rules
    seekers: int = 400
    peers: int = 120
    hostile: int = 16
    days: int = 14
    are_edits_late: bool = True


@dataclass(slots=True, kw_only=True)
class Hostile:
    """A hostile peer and their target, who is there or not.

    `bait` is the profile that counts. Once its card was seen (`once`), they hide what it showed:
    the same person's next card would then show the rest (`twice`).
    """

    target: SeekerProfile
    is_here: bool
    comes: int
    baits: tuple[PeerProfile, PeerProfile]
    cards: tuple[Card, Card]
    bait: int = 0
    changes: int | None = None
    once: bool = False
    twice: bool = False


@dataclass(slots=True, kw_only=True)
class _Pool:
    """Who waits, what peers carry, who was asked when, and which pairs are barred until when."""

    rng: np.random.Generator
    waiting: dict[Handle, WaitingSeeker] = field(default_factory=dict)
    carried: dict[Handle, list[int]] = field(default_factory=dict)
    asked: dict[Handle, list[int]] = field(default_factory=dict)
    barred: dict[tuple[Handle, Handle], int] = field(default_factory=dict)
    number: int = 0


def fish(waters: Waters, seed: int) -> list[Hostile]:
    """Let the weeks pass; returns every hostile peer with what they saw."""
    rng = np.random.default_rng(seed)
    seekers, peers = _people()
    honest = {
        Handle(f"peer-{at}"): peers[at]
        for at in rng.choice(len(peers), waters.peers, replace=False)
    }
    hostile = _hostile(waters, seekers, rng)
    pool = _Pool(rng=rng)
    for now in range(waters.days * ROUNDS_A_DAY):
        _come(pool, seekers, hostile, waters, now)
        baits = {name: _bait_at(one, now) for name, one in hostile.items()}
        population = _population(pool, {**honest, **baits}, waters.rules, now)
        plan = plan_round(
            population,
            needs=NEEDS,
            rules=waters.rules,
            now=DRAWN_AT + now * ROUND,
            seed=int(rng.integers(2**32)),
        )
        for pair in plan.pairs:
            pool.asked.setdefault(pair.peer, []).append(now)
            if pair.peer in hostile:
                _look(hostile[pair.peer], pool, pair, waters, now)
            else:
                _answer(pool, pair, now)
    return list(hostile.values())


def gain(found: Sequence[Hostile]) -> float:
    """Say how much better than by chance a card tells that somebody is here: true - false rate.

    Whoever fishes may go by the first card alone, or only where a second one fits too: the
    better of the two counts.
    """
    return max(
        _rate(found, is_here=True, looks=looks) - _rate(found, is_here=False, looks=looks)
        for looks in (1, 2)
    )


def _rate(found: Sequence[Hostile], *, is_here: bool, looks: int) -> float:
    said = [one.twice if looks == 2 else one.once for one in found if one.is_here is is_here]
    return sum(said) / len(said)


@cache
def _people() -> tuple[list[SeekerProfile], list[PeerProfile]]:
    drawn = draw(6_000, 2_000, 17, needs=NEEDS)
    return [one.profile for one in drawn.seekers], [one.profile for one in drawn.peers]


def _hostile(
    waters: Waters, seekers: Sequence[SeekerProfile], rng: np.random.Generator
) -> dict[Handle, Hostile]:
    """Craft a profile for each target; who cannot be met at all is no target."""
    made: dict[Handle, Hostile] = {}
    for at in rng.permutation(len(seekers)):
        target = replace(seekers[at], relay_ok=True)
        bait = _bait(target, waters.rules, NEEDS)
        pair = Pair(seeker=target, peer=bait, needs=NEEDS, musts=waters.rules.musts)
        if len(made) == waters.hostile:
            break
        if not allows(pair):
            continue
        baits = bait, replace(bait, hidden=frozenset(_card(target, bait).needs))
        made[Handle(f"hostile-{len(made)}")] = Hostile(
            target=target,
            is_here=len(made) % 2 == 0,
            comes=int(rng.integers(waters.days * ROUNDS_A_DAY // 2)),
            baits=baits,
            cards=(_card(target, baits[0]), _card(target, baits[1])),
        )
    return made


def _bait(target: SeekerProfile, rules: Rules, needs: Needs) -> PeerProfile:
    """Be whom the target would be suggested first, and be suggested to hardly anybody else."""
    trained = needs.formal_first
    wished = target.wishes.identity_only | target.wishes.identity_better
    genders = GENDERS - target.wishes.gender_not
    if target.wishes.gender_not and not wished & genders:
        wished |= {min(genders)}
    told = {
        need.id: Experience(lived=Lived.VERY, since=Since.PAST)
        if need.id in target.needs
        else Experience(lived=Lived.NOT_AT_ALL)
        for need in needs.all
    }
    return PeerProfile(
        age=target.age,
        languages=target.languages,
        help=frozenset(Help),
        format=Format.EITHER,
        relay_ok=True,
        region=target.region,
        lived=told,
        never=frozenset(needs.by_id) - frozenset(target.needs),
        trained=trained,
        opted_in=trained,
        identity=wished,
        manner=frozenset(),
        capacity=rules.peers.capacity_ceiling,
    )


def _card(target: SeekerProfile, bait: PeerProfile) -> Card:
    """Draw the card that the target's suggestion would show: known from their answers."""
    population = Population(
        seekers=(WaitingSeeker(handle=Handle("t"), profile=target, waiting_since=DRAWN_AT),),
        peers=(FreePeer(handle=Handle("h"), profile=bait, free=1),),
    )
    plan = plan_round(population, needs=NEEDS, rules=Rules(), now=DRAWN_AT)
    best = plan.pairs[0].best_first if plan.pairs else ()
    return _drawn(target, bait, best)


def _drawn(seeker: SeekerProfile, peer: PeerProfile, best: tuple[NeedId, ...]) -> Card:
    kind = room_kind(seeker.format, peer.format)
    if kind is None:
        raise AssertionError
    return draw_card(seeker, peer, kind=kind, needs=NEEDS, best_first=best)


def _come(
    pool: _Pool,
    seekers: Sequence[SeekerProfile],
    hostile: Mapping[Handle, Hostile],
    waters: Waters,
    now: int,
) -> None:
    """Let as many come as have left, and each target in their hour."""
    while len(pool.waiting) < waters.seekers:
        profile = replace(seekers[int(pool.rng.integers(len(seekers)))], relay_ok=True)
        _wait(pool, f"seeker-{pool.number}", profile, now)
        pool.number += 1
    for name, one in hostile.items():
        if one.is_here and one.comes == now:
            _wait(pool, f"target-{name}", one.target, now)


def _wait(pool: _Pool, name: str, profile: SeekerProfile, now: int) -> None:
    since = DRAWN_AT + now * ROUND
    handle = Handle(name)
    pool.waiting[handle] = WaitingSeeker(handle=handle, profile=profile, waiting_since=since)


def _bait_at(one: Hostile, now: int) -> PeerProfile:
    """Put out the bait that counts by now."""
    if one.changes is not None and one.changes <= now:
        one.bait, one.changes = 1 - one.bait, None
    return one.baits[one.bait]


def _population(
    pool: _Pool, profiles: dict[Handle, PeerProfile], rules: Rules, now: int
) -> Population:
    peers = tuple(
        FreePeer(handle=name, profile=profile, free=_free(pool, name, profile, rules, now))
        for name, profile in profiles.items()
    )
    barred = frozenset(pair for pair, until in pool.barred.items() if until > now)
    return Population(seekers=tuple(pool.waiting.values()), peers=peers, barred=barred)


def _free(pool: _Pool, name: Handle, profile: PeerProfile, rules: Rules, now: int) -> int:
    """Count a peer's places: what they carry, and what is left of the day's ration."""
    carried = sum(ends > now for ends in pool.carried.get(name, ()))
    today = sum(at > now - ROUNDS_A_DAY for at in pool.asked.get(name, ()))
    most = min(profile.capacity, rules.peers.capacity_ceiling) - carried
    return max(0, min(most, rules.offers.a_day - today))


def _answer(pool: _Pool, pair: PlannedPair, now: int) -> None:
    """Let honest people answer: they talk, or are never suggested to each other again."""
    if pool.rng.random() < BOTH_SAY_YES:
        del pool.waiting[pair.seeker]
        pool.carried.setdefault(pair.peer, []).append(now + int(TALK / ROUND))
    else:
        pool.barred[pair.seeker, pair.peer] = NEVER


def _look(one: Hostile, pool: _Pool, pair: PlannedPair, waters: Waters, now: int) -> None:
    """Look at a card and say no; after the one they wait for, change the bait and look again."""
    seeker = pool.waiting[pair.seeker].profile
    is_it = _drawn(seeker, one.baits[one.bait], pair.best_first) == one.cards[one.bait]
    pool.barred[pair.seeker, pair.peer] = NEVER
    if one.bait == 0 and is_it and one.changes is None:
        one.once = True
        late = waters.are_edits_late
        one.changes = now + (ROUNDS_A_DAY if late else 1)
        again = now + (int(waters.rules.offers.repeat_after / ROUND) if late else 1)
        pool.barred[pair.seeker, pair.peer] = again
    elif one.bait == 1 and is_it:
        one.twice = True
    elif one.bait == 1 and not waters.are_edits_late:
        one.changes = now + 1  # it was somebody else: back to the first bait
