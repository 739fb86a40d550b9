"""Weeks in a pool where hostile seekers look for one volunteer each, whom they know."""

import numpy as np

from matcher.domain.card import Card, may_see
from matcher.domain.profile import Handle, PeerProfile
from matcher.domain.room import room_kind
from tests.bench.baits import NEEDS, ROUNDS_A_DAY, Waters, card_of, people
from tests.bench.guessing import Look
from tests.bench.lures import Asks, HostileSeeker, lures
from tests.bench.weeks import BOTH_SAY_YES, NEVER, Pool

PEER_SAYS_YES = BOTH_SAY_YES**0.5


def seek(waters: Waters, asks: Asks, seed: int) -> list[HostileSeeker]:
    """Let the weeks pass; returns every hostile seeker with what they saw."""
    rng = np.random.default_rng(seed)
    seekers, peers = people()
    chosen = rng.choice(len(peers), waters.peers, replace=False)
    hostile = lures(waters, asks, rng)
    honest = [
        peers[at] for at in chosen if peers[at] not in [one.target for one in hostile.values()]
    ]
    there = {Handle(f"peer-{at}"): peer for at, peer in enumerate(honest)}
    there |= {
        Handle(f"target-{name}"): one.target for name, one in hostile.items() if one.is_here
    }
    pool = Pool(rng=rng, rules=waters.rules)
    for name, one in hostile.items():
        pool.wait(name, one.lure)
    for pool.now in range(waters.days * ROUNDS_A_DAY):
        pool.fill(seekers, waters.seekers)
        _suggest(pool, there, hostile, waters)
    return list(hostile.values())


def _suggest(
    pool: Pool,
    profiles: dict[Handle, PeerProfile],
    hostile: dict[Handle, HostileSeeker],
    waters: Waters,
) -> None:
    """Run one round, and let everybody answer; hostile seekers say no to each card."""
    population = pool.people(profiles)
    for pair in pool.plan(population, is_any_wish_met=waters.is_any_wish_met).pairs:
        if pair.seeker not in hostile:
            pool.answer(pair)
            continue
        pool.barred[pair.seeker, pair.peer] = NEVER
        if pool.rng.random() < PEER_SAYS_YES:
            one, peer = hostile[pair.seeker], profiles[pair.peer]
            one.looks.append(_read(card_of(one.lure, peer, pair.best_first), one))


def _read(card: Card, one: HostileSeeker) -> Look:
    """Tell whether a card could be the target's."""
    lived = {need for need in one.lure.needs if may_see(need, one.target)}
    return Look(
        names=lived >= {*card.needs}
        and {NEEDS.by_id[n].group for n in lived} >= {*card.groups},
        speaks=card.languages in {one.lure.languages & one.target.languages, frozenset()},
        talks=card.kind in {room_kind(one.lure.format, one.target.format), None},
        lines=len(card.needs) + len(card.groups),
    )
