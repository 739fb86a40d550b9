"""Hostile seekers: which volunteer they look for, and the answers that they make up for it.

Seekers come unvetted, and a new code costs only work. Each knows all that their target told as
a peer, asks for what hardly any other peer could give, and wants to know one thing: is this
person a peer here? They see what seekers see: a card, once a peer has said yes. They say no to
each, so that the next one comes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

import numpy as np

from matcher.domain.barriers import Pair, allows
from matcher.domain.needs import MAX_NEEDS, CardShows
from matcher.domain.profile import (
    GENDERS,
    AgeBand,
    Consent,
    Handle,
    Identity,
    Lived,
    Manner,
    Nearness,
    PeerProfile,
    SeekerProfile,
    Wishes,
)
from tests.bench.baits import NEEDS, SAMPLE, Waters, people
from tests.bench.guessing import Watcher

HOSTILE = 8


class Asks(Enum):
    """Of how many of their target's traits a hostile seeker makes a wish that is a must."""

    NOTHING = 0
    ONE_THING = 1
    TWO_THINGS = 2
    ALL = 99


@dataclass(slots=True, kw_only=True)
class HostileSeeker(Watcher):
    """A hostile seeker and the volunteer they look for."""

    target: PeerProfile
    lure: SeekerProfile


def lures(waters: Waters, asks: Asks, rng: np.random.Generator) -> dict[Handle, HostileSeeker]:
    """Make up answers for each target; who could not be met at all is no target."""
    made: dict[Handle, HostileSeeker] = {}
    peers = people()[1]
    for at in rng.permutation(len(peers)):
        target = replace(peers[at], relay_ok=True)
        lure = _lure(target, asks)
        pair = Pair(seeker=lure, peer=target, needs=NEEDS, musts=waters.rules.musts)
        if len(made) == HOSTILE:
            break
        if not lure.needs or not allows(pair):
            continue
        made[Handle(f"hostile-{len(made)}")] = HostileSeeker(
            target=target,
            lure=lure,
            is_here=len(made) % 2 == 0,
            crowd=_crowd(lure, peers[:SAMPLE], waters),
        )
    return made


def _crowd(lure: SeekerProfile, peers: Sequence[PeerProfile], waters: Waters) -> float:
    """Say which share of all peers could be suggested to a lure."""
    pairs = (
        Pair(seeker=lure, peer=one, needs=NEEDS, musts=waters.rules.musts) for one in peers
    )
    return sum(map(allows, pairs)) / len(peers)


def _lure(target: PeerProfile, asks: Asks) -> SeekerProfile:
    """Be whom the target would be suggested to first, and hardly any other peer."""
    ready = target.trained & target.opted_in
    lived = [
        need.id
        for need in NEEDS.all
        if need.card is CardShows.NEED
        and (not need.formal_first or need.id in ready)
        and need.id not in target.hidden | target.never
        and need.id in target.lived
        and target.lived[need.id].lived > Lived.A_LITTLE
    ]
    rarest = tuple(sorted(lived, key=lambda need: _common()[need])[:MAX_NEEDS])
    return SeekerProfile(
        age=target.age,
        languages=target.languages,
        help=target.help,
        format=target.format,
        day_blocks=target.day_blocks,
        relay_ok=True,
        region=target.region,
        needs=rarest,
        shown=frozenset(rarest),
        main=rarest[0] if rarest else None,
        wishes=_wishes(target, asks),
        consent=Consent(matching=True),
    )


def _wishes(target: PeerProfile, asks: Asks) -> Wishes:
    """Ask for what is rarest about a target first."""
    traits: list[tuple[float, Identity | str]] = [
        (_common()[one], one) for one in target.identity
    ]
    if target.region is not None:
        traits.append((_common()[target.region], "near"))
    if target.age is not AgeBand.ADULT:
        traits.append((_common()[target.age], "age"))
    asked = {one for _, one in sorted(traits, key=str)[: asks.value]}
    wishes = Wishes(
        identity_only=frozenset(one for one in asked if isinstance(one, Identity)),
        nearness=Nearness.NEAR_ONLY if "near" in asked else Nearness.ANY,
        same_age_only="age" in asked,
    )
    if asks is not Asks.ALL:
        return wishes
    is_told = bool(target.identity & GENDERS)
    return replace(
        wishes,
        gender_not=GENDERS - target.identity if is_told else frozenset(),
        manner_not=frozenset(Manner) - (target.manner or frozenset(Manner)),
    )


@cache
def _common() -> Counter[object]:
    """Count how many peers have lived through each need, and are of each identity and so on."""
    told: Counter[object] = Counter()
    for peer in people()[1]:
        told.update(need for need, one in peer.lived.items() if one.lived > Lived.NOT_AT_ALL)
        told.update([*peer.identity, peer.age, *([peer.region] if peer.region else [])])
    return told
