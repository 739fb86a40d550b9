"""An engine that has lost all sense: what it plans against a hard constraint is not offered."""

from dataclasses import replace
from datetime import datetime

import pytest

from matcher.domain.barriers import Barrier, Pair, barriers
from matcher.domain.extent import Extent
from matcher.domain.needs import JUST_TALK, NeedId
from matcher.domain.profile import (
    AgeBand,
    Experience,
    Format,
    Identity,
    Language,
    Lived,
    Manner,
    Nearness,
    PeerProfile,
    Region,
    SeekerProfile,
    Since,
    Wishes,
)
from matcher.domain.rules import Rules
from matcher.domain.trial import Tried
from matcher.engine.crowd import Crowd
from matcher.engine.plan import Plan, PlannedPair
from matcher.store.rulebook import Rulebook
from tests.world import LONELY, PEER, SEEKER, World
from worker.rounds import Rounds
from worker.wiring import ground_of

OUTED = NeedId("identity/outed")
FIT = replace(SEEKER, needs=(LONELY, OUTED))
READY = replace(PEER, trained=frozenset({OUTED}), opted_in=frozenset({OUTED}))
IN_IT = {**READY.lived, OUTED: Experience(lived=Lived.VERY, since=Since.NOW)}
LIVE = replace(FIT, format=Format.LIVE, day_blocks=frozenset({1}))

APART: dict[Barrier, tuple[SeekerProfile, PeerProfile]] = {
    Barrier.LANGUAGE: (FIT, replace(READY, languages=frozenset({Language("fr")}))),
    Barrier.AGE: (FIT, READY),  # the table of the rules is another one
    Barrier.SAME_AGE: (replace(FIT, wishes=Wishes(same_age_only=True)), READY),
    Barrier.TIME: (LIVE, replace(READY, day_blocks=frozenset({2}))),
    Barrier.RELAY: (FIT, replace(READY, relay_ok=False)),
    Barrier.NEVER_TOPIC: (FIT, replace(READY, never=frozenset({LONELY}))),
    Barrier.TRAINING: (FIT, replace(READY, trained=frozenset())),
    Barrier.ACUTE: (FIT, replace(READY, lived=IN_IT)),
    Barrier.LISTENING: (replace(FIT, needs=(JUST_TALK,)), replace(READY, help=frozenset())),
    Barrier.IDENTITY: (
        replace(FIT, wishes=Wishes(identity_only=frozenset({Identity.GAY}))),
        READY,
    ),
    Barrier.GENDER: (
        replace(FIT, wishes=Wishes(gender_not=frozenset({Identity.MAN}))),
        replace(READY, identity=frozenset({Identity.MAN})),
    ),
    Barrier.MANNER: (
        replace(FIT, wishes=Wishes(manner_not=frozenset({Manner.OFFICIAL}))),
        replace(READY, manner=frozenset({Manner.OFFICIAL})),
    ),
    Barrier.NEARNESS: (
        replace(FIT, wishes=Wishes(nearness=Nearness.NEAR_ONLY), region=Region("gulf")),
        replace(READY, region=Region("nile")),
    ),
}


def _everybody(crowd: Crowd, *, rules: Rules, now: datetime, seed: int) -> Plan:
    """Plan every pair there is."""
    del rules, now, seed
    pairs = tuple(
        PlannedPair(seeker=seeker, peer=peer, score=1.0, best_first=(LONELY,), bucket=9)
        for seeker in crowd.seekers
        for peer in crowd.peers
    )
    return Plan(pairs=pairs, blocked={}, below_floor=0, total=float(len(pairs)), gap=0.0)


def _round(world: World) -> int:
    return Rounds(replace(ground_of(world.backing), plan=_everybody)).run(seed=1)


def _tried(world: World, rules: Rules, share: int) -> Tried:
    """Try rules that ask less of a score, on so many of a hundred rounds."""
    extent = Extent(share=share)
    return Tried(number=1, rules=replace(rules, floor=0.0), extent=extent, since=world.now())


def test_every_hard_constraint_has_its_case() -> None:
    assert set(APART) == set(Barrier)


def test_two_people_with_nothing_between_them_are_offered(world: World) -> None:
    world.seeker(FIT)
    world.peer(READY)

    assert _round(world) == 1


@pytest.mark.parametrize("share", [None, 0, 100])
@pytest.mark.parametrize("barrier", Barrier)
def test_a_pair_against_a_hard_constraint_does_not_even_reach_the_store(
    world: World, caplog: pytest.LogCaptureFixture, barrier: Barrier, share: int | None
) -> None:
    """Promise 13: `allows` refuses it on the records as they were read again.

    So it is in the rounds of both arms while rules are on trial.
    """
    mine, theirs = APART[barrier]
    rules = world.rules
    if barrier is Barrier.AGE:
        own_band = {AgeBand.FROM_26: frozenset({AgeBand.FROM_26})}
        rules = replace(rules, musts=replace(rules.musts, ages=own_band))
    tried = None if share is None else _tried(world, rules, share)
    Rulebook(world.backing).publish(rules, tried)
    world.seeker(mine)
    peer = world.peer(theirs)

    with caplog.at_level("INFO"):
        made = _round(world)

    both = Pair(seeker=mine, peer=theirs, needs=world.settings.needs, musts=rules.musts)
    assert barriers(both) == (barrier,)
    assert made == 0
    assert world.offers(peer) == ()
    assert "round: 1 changed" in caplog.messages
