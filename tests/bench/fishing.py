"""Weeks in a pool where hostile peers, each with a crafted profile, fish for one known person.

Each knows all that their target would answer, and wants to know one thing: is this person here?
They see what peers see: cards. They say no to each at once, so that the next one comes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

import numpy as np

from matcher.domain.barriers import Pair, allows
from matcher.domain.card import Card
from matcher.domain.profile import Handle, PeerProfile, SeekerProfile
from matcher.domain.rules import Rules
from matcher.engine.plan import PlannedPair, plan_round
from matcher.engine.population import DRAWN_AT, FreePeer, Population, WaitingSeeker
from tests.bench.baits import NEEDS, ROUNDS_A_DAY, Hostile, Waters, card_of, craft, people

ROUND = timedelta(days=1) / ROUNDS_A_DAY
TALK = timedelta(days=7)  # for so long an honest peer carries somebody
BOTH_SAY_YES = 0.45
NEVER = 10**6


@dataclass(slots=True, kw_only=True)
class _Pool:
    """Who waits, what peers carry, who was asked when, until when pairs are barred."""

    rng: np.random.Generator
    waiting: dict[Handle, WaitingSeeker] = field(default_factory=dict)
    carried: dict[Handle, list[int]] = field(default_factory=dict)
    asked: dict[Handle, list[int]] = field(default_factory=dict)
    barred: dict[tuple[Handle, Handle], int] = field(default_factory=dict)
    number: int = 0


def fish(waters: Waters, seed: int) -> list[Hostile]:
    """Let the weeks pass; returns every hostile peer with what they saw."""
    rng = np.random.default_rng(seed)
    seekers, peers = people()
    honest = {
        Handle(f"peer-{at}"): peers[at]
        for at in rng.choice(len(peers), waters.peers, replace=False)
    }
    hostile = craft(waters, seekers, rng)
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
    """Say how much better than by chance cards tell that somebody is here: true - false rate.

    Whoever fishes says so from some number of fitting cards on, or only where a second look
    fitted too: what serves them best counts (on the same weeks, so a little more than it is).
    """
    most = max(one.seen for one in found)
    rules: list[Callable[[Hostile], bool]] = [has_seen_again]
    rules += [partial(_has_seen, least=least) for least in range(1, most + 1)]
    gains = [
        rate(found, said, is_here=True) - rate(found, said, is_here=False) for said in rules
    ]
    return max(0.0, *gains)


def rate(found: Sequence[Hostile], said: Callable[[Hostile], bool], *, is_here: bool) -> float:
    """Say of which share of those who are here, or are not, something is said."""
    chosen = [said(one) for one in found if one.is_here is is_here]
    return sum(chosen) / len(chosen)


def has_seen(one: Hostile) -> bool:
    """Say whether a card fitted."""
    return one.seen > 0


def has_seen_again(one: Hostile) -> bool:
    """Say whether a second look fitted too."""
    return one.again


def _has_seen(one: Hostile, *, least: int) -> bool:
    return one.seen >= least


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
    """Look at a card and say no; after one that fits, change the bait and look again."""
    bait = one.baits[one.bait]
    card = card_of(pool.waiting[pair.seeker].profile, bait, pair.best_first)
    fits = _fits(_plain(card, bait, pool, waters), one.cards[one.bait], waters)
    pool.barred[pair.seeker, pair.peer] = NEVER
    if one.bait == 0:
        one.seen += fits
    if one.bait == 0 and fits and one.changes is None:
        late = waters.are_edits_late
        one.changes = now + (ROUNDS_A_DAY if late else 1)
        again = now + (int(waters.rules.offers.repeat_after / ROUND) if late else 1)
        pool.barred[pair.seeker, pair.peer] = again
    elif one.bait == 1 and fits:
        one.again = True
    elif one.bait == 1 and not waters.are_edits_late:
        one.changes = now + 1  # it was somebody else: back to the first bait


def _fits(card: Card, expected: Card, waters: Waters) -> bool:
    if not waters.crowd:
        return card == expected
    return (
        set(card.needs) <= set(expected.needs)
        and set(card.groups) <= set(expected.groups)
        and card.languages in {expected.languages, frozenset()}
        and card.kind is expected.kind
    )


def _plain(card: Card, bait: PeerProfile, pool: _Pool, waters: Waters) -> Card:
    """Leave away what fewer than `crowd` of those whom the peer may meet would show."""
    if not waters.crowd:
        return card
    musts = waters.rules.musts
    crowd = [
        one.profile
        for one in pool.waiting.values()
        if allows(Pair(seeker=one.profile, peer=bait, needs=NEEDS, musts=musts))
    ]
    speak = [one for one in crowd if one.languages & bait.languages == card.languages]
    needs = list(card.needs)
    while needs and sum(set(needs) <= set(one.needs) for one in speak) < waters.crowd:
        needs.pop()
    languages = card.languages if len(speak) >= waters.crowd else frozenset()
    return replace(card, needs=tuple(needs), groups=(), languages=languages)
