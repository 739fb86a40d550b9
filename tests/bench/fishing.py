"""Weeks in a pool where hostile peers, each with a crafted profile, fish for one known person.

Each knows all that their target would answer, and wants to know one thing: is this person here?
They see what peers see: cards. They say no to each at once, so that the next one comes.
"""

from collections.abc import Mapping

import numpy as np

from matcher.domain.card import Card, common_part
from matcher.domain.profile import Handle, PeerProfile
from matcher.engine.plan import PlannedPair
from tests.bench.baits import NEEDS, ROUNDS_A_DAY, Hostile, Waters, card_of, craft, people
from tests.bench.guessing import Look
from tests.bench.weeks import NEVER, ROUND, Pool
from tests.gathering import company as company_of


def fish(waters: Waters, seed: int) -> list[Hostile]:
    """Let the weeks pass; returns every hostile peer with what they saw."""
    rng = np.random.default_rng(seed)
    seekers, peers = people()
    chosen = rng.choice(len(peers), waters.peers, replace=False)
    honest = {Handle(f"peer-{at}"): peers[at] for at in chosen}
    hostile = craft(waters, seekers, rng)
    pool = Pool(rng=rng, rules=waters.rules)
    for pool.now in range(waters.days * ROUNDS_A_DAY):
        pool.fill(seekers, waters.seekers)
        for name, one in hostile.items():
            if one.is_here and one.comes == pool.now:
                pool.wait(f"target-{name}", one.target)
        baits = {name: _bait_at(one, pool.now) for name, one in hostile.items()}
        _suggest(pool, {**honest, **baits}, hostile, waters)
    return list(hostile.values())


def _suggest(
    pool: Pool,
    profiles: Mapping[Handle, PeerProfile],
    hostile: Mapping[Handle, Hostile],
    waters: Waters,
) -> None:
    """Run one round, and let everybody answer."""
    population = pool.people(profiles)
    company = company_of(population, NEEDS, waters.rules.musts)
    for pair in pool.plan(population, is_any_wish_met=waters.is_any_wish_met).pairs:
        if pair.peer not in hostile:
            pool.answer(pair)
            continue
        bait = profiles[pair.peer]
        card = card_of(pool.waiting[pair.seeker].profile, bait, pair.best_first)
        if waters.are_cards_common:
            card = common_part(card, NEEDS, company.of(pair.peer, bait))
        _look(pool, hostile[pair.peer], pair, card, waters)


def _bait_at(one: Hostile, now: int) -> PeerProfile:
    """Put out the bait that counts by now."""
    if one.changes is not None and one.changes <= now:
        one.bait, one.changes = 1 - one.bait, None
    return one.baits[one.bait]


def _look(pool: Pool, one: Hostile, pair: PlannedPair, card: Card, waters: Waters) -> None:
    """Look at a card and say no; after one that fits, change the bait and look again."""
    look = _read(card, one.cards[one.bait], waters)
    pool.barred[pair.seeker, pair.peer] = NEVER
    one.looks.append(look)
    if one.bait == 0 and look.fits and one.changes is None and waters.do_look_twice:
        late = waters.are_edits_late
        one.changes = pool.now + (ROUNDS_A_DAY if late else 1)
        again = int(waters.rules.offers.repeat_after / ROUND) if late else 1
        pool.barred[pair.seeker, pair.peer] = pool.now + again
    elif one.bait == 1 and look.fits:
        one.again = True
    elif one.bait == 1 and not waters.are_edits_late:
        one.changes = pool.now + 1  # it was somebody else: back to the first bait


def _read(card: Card, expected: Card, waters: Waters) -> Look:
    """Tell whether a card could be the target's: what it shows is all, or some, of theirs."""
    groups = {*expected.groups, *(NEEDS.by_id[need].group for need in expected.needs)}
    names = set(card.needs) <= set(expected.needs) and set(card.groups) <= groups
    speaks = card.languages in {expected.languages, frozenset()}
    if not waters.are_cards_common:
        names = (card.needs, card.groups) == (expected.needs, expected.groups)
        speaks = card.languages == expected.languages
    return Look(
        names=names,
        speaks=speaks,
        talks=card.kind in {expected.kind, None},
        lines=len(card.needs) + len(card.groups),
    )
