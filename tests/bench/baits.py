"""Hostile peers: whom they look for, and the profiles that they craft for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from matcher.domain.barriers import Pair, allows
from matcher.domain.card import Card, draw_card
from matcher.domain.needs import MAX_NEVER, NeedId
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
from matcher.engine.plan import plan_round
from matcher.engine.population import DRAWN_AT, FreePeer, Population, WaitingSeeker, draw
from matcher.engine.society import catalogue
from tests.bench.guessing import Watcher

ROUNDS_A_DAY = 2
SAMPLE = 500
NEEDS = catalogue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waters:
    """What is fished in, and with what.

    Guards are the draw and the ration of `rules`, `are_edits_late`, `are_cards_common`, and how
    many topics may be ruled out: hostile peers rule out what others tick most often, and their
    target did not. Those who `do_look_twice` change what they tell after a card that fits.
    Against hostile seekers: wishes that hardly any peer fits, unless `is_any_wish_met`.
    """

    rules: Rules
    seekers: int = 60
    peers: int = 150
    hostile: int = 8
    days: int = 14
    are_edits_late: bool = True
    are_cards_common: bool = True
    most_never: int = MAX_NEVER
    do_look_twice: bool = True
    is_any_wish_met: bool = False


@dataclass(slots=True, kw_only=True)
class Hostile(Watcher):
    """A hostile peer and their target.

    `bait` is the profile that counts. Once its card was seen, they hide what it showed: the
    same person's next card would then show the rest.
    """

    target: SeekerProfile
    comes: int
    baits: tuple[PeerProfile, PeerProfile]
    cards: tuple[Card, Card]
    bait: int = 0
    changes: int | None = None


@cache
def people() -> tuple[list[SeekerProfile], list[PeerProfile]]:
    drawn = draw(6_000, 2_000, 17, needs=NEEDS)
    return [one.profile for one in drawn.seekers], [one.profile for one in drawn.peers]


def craft(
    waters: Waters, seekers: Sequence[SeekerProfile], rng: np.random.Generator
) -> dict[Handle, Hostile]:
    """Craft a profile for each target; who cannot be met at all is no target."""
    made: dict[Handle, Hostile] = {}
    for at in rng.permutation(len(seekers)):
        target = replace(seekers[at], relay_ok=True)
        bait = _bait(target, waters)
        pair = Pair(seeker=target, peer=bait, needs=NEEDS, musts=waters.rules.musts)
        if len(made) == waters.hostile:
            break
        if not allows(pair):
            continue
        baits = bait, replace(bait, hidden=frozenset(_card(target, bait).needs))
        made[Handle(f"hostile-{len(made)}")] = Hostile(
            target=target,
            is_here=len(made) % 2 == 0,
            crowd=_crowd(bait, seekers[:SAMPLE], waters),
            comes=int(rng.integers(waters.days * ROUNDS_A_DAY // 2)),
            baits=baits,
            cards=(_card(target, baits[0]), _card(target, baits[1])),
        )
    return made


def _crowd(bait: PeerProfile, seekers: Sequence[SeekerProfile], waters: Waters) -> float:
    """Say which share of those who wait could be suggested to a bait."""
    lived = {need for need, told in bait.lived.items() if told.lived > Lived.NOT_AT_ALL}
    near = (one for one in seekers if one.just_talks or lived & set(one.needs))
    pairs = (
        Pair(
            seeker=replace(one, relay_ok=True), peer=bait, needs=NEEDS, musts=waters.rules.musts
        )
        for one in near
    )
    return sum(map(allows, pairs)) / len(seekers)


def card_of(seeker: SeekerProfile, peer: PeerProfile, best: tuple[NeedId, ...]) -> Card:
    kind = room_kind(seeker.format, peer.format)
    if kind is None:
        raise AssertionError
    return draw_card(seeker, peer, kind=kind, needs=NEEDS, best_first=best)


def _bait(target: SeekerProfile, waters: Waters) -> PeerProfile:
    """Be whom the target would be suggested first, and be suggested to hardly anybody else."""
    trained = NEEDS.formal_first
    wished = target.wishes.identity_only | target.wishes.identity_better
    genders = GENDERS - target.wishes.gender_not
    if target.wishes.gender_not and not wished & genders:
        wished |= {min(genders)}
    told = {
        need.id: Experience(lived=Lived.VERY, since=Since.PAST)
        if need.id in target.needs
        else Experience(lived=Lived.NOT_AT_ALL)
        for need in NEEDS.all
    }
    return PeerProfile(
        age=target.age,
        languages=target.languages,
        help=frozenset(Help),
        format=Format.EITHER,
        relay_ok=True,
        region=target.region,
        lived=told,
        never=_ruled_out(target, waters.most_never),
        trained=trained,
        opted_in=trained,
        identity=wished,
        manner=frozenset(),
        capacity=waters.rules.peers.capacity_ceiling,
    )


def _ruled_out(target: SeekerProfile, most: int) -> frozenset[NeedId]:
    """Choose what would keep most of the others away."""
    return frozenset([need for need in _often_ticked() if need not in target.needs][:most])


@cache
def _often_ticked() -> list[NeedId]:
    ticked = Counter(need for one in people()[0] for need in one.needs)
    return [need for need, _ in ticked.most_common()]


def _card(target: SeekerProfile, bait: PeerProfile) -> Card:
    """Draw the card that the target's suggestion would show: known from their answers."""
    population = Population(
        seekers=(WaitingSeeker(handle=Handle("t"), profile=target, waiting_since=DRAWN_AT),),
        peers=(FreePeer(handle=Handle("h"), profile=bait, free=1),),
    )
    plan = plan_round(population, needs=NEEDS, rules=Rules(), now=DRAWN_AT)
    best = plan.pairs[0].best_first if plan.pairs else ()
    return card_of(target, bait, best)
