"""Every hard constraint, alone: one change to two people who may meet keeps them apart."""

from dataclasses import replace

import pytest

from matcher.domain.barriers import Barrier, Pair, allows, barriers
from matcher.domain.needs import JUST_TALK
from matcher.domain.profile import (
    ADULTS,
    AgeBand,
    Format,
    Identity,
    Language,
    Manner,
    Nearness,
    Region,
    Since,
    Wishes,
)
from matcher.domain.rules import AcuteGuard, Musts
from tests.unit.domain.people import LONELY, OUTED, PEER, SEEKER, living, pair

GULF, NILE = Region("gulf"), Region("nile")
SOMEBODY_FAR = Wishes(nearness=Nearness.FAR_ONLY)
SOMEBODY_NEAR = Wishes(nearness=Nearness.NEAR_ONLY)
NO_MAN = Wishes(gender_not=frozenset({Identity.MAN}))
NO_ADVICE = Wishes(manner_not=frozenset({Manner.RELIGIOUS_ADVICE}))
LIVE_IN_BLOCK_1 = replace(SEEKER, format=Format.LIVE, day_blocks=frozenset({1}))

APART = {
    Barrier.LANGUAGE: pair(peer=replace(PEER, languages=frozenset({Language("fr")}))),
    Barrier.AGE: pair(peer=replace(PEER, age=AgeBand.YOUTH)),
    Barrier.SAME_AGE: pair(replace(SEEKER, wishes=Wishes(same_age_only=True))),
    Barrier.TIME: pair(LIVE_IN_BLOCK_1, replace(PEER, day_blocks=frozenset({2}))),
    Barrier.RELAY: pair(peer=replace(PEER, relay_ok=False)),
    Barrier.NEVER_TOPIC: pair(peer=replace(PEER, never=frozenset({LONELY}))),
    Barrier.TRAINING: pair(peer=replace(PEER, trained=frozenset())),
    Barrier.ACUTE: pair(peer=living(PEER, OUTED, Since.NOW)),
    Barrier.LISTENING: pair(
        replace(SEEKER, needs=(JUST_TALK,)), replace(PEER, help=frozenset())
    ),
    Barrier.IDENTITY: pair(
        replace(SEEKER, wishes=Wishes(identity_only=frozenset({Identity.GAY})))
    ),
    Barrier.GENDER: pair(
        replace(SEEKER, wishes=NO_MAN), replace(PEER, identity=frozenset({Identity.MAN}))
    ),
    Barrier.MANNER: pair(
        replace(SEEKER, wishes=NO_ADVICE),
        replace(PEER, manner=frozenset({Manner.RELIGIOUS_ADVICE})),
    ),
    Barrier.NEARNESS: pair(
        replace(SEEKER, wishes=SOMEBODY_NEAR, region=GULF), replace(PEER, region=NILE)
    ),
}


def test_two_people_with_nothing_between_them_may_meet() -> None:
    assert allows(pair())
    assert barriers(pair()) == ()


def test_every_barrier_has_its_case() -> None:
    assert set(APART) == set(Barrier)


@pytest.mark.parametrize("barrier", list(Barrier))
def test_each_barrier_alone_keeps_two_people_apart(barrier: Barrier) -> None:
    assert barriers(APART[barrier]) == (barrier,)
    assert not allows(APART[barrier])


@pytest.mark.parametrize("minor", [AgeBand.UNDER_13, AgeBand.YOUTH])
@pytest.mark.parametrize("adult", sorted(ADULTS))
def test_by_default_nobody_under_18_meets_anybody(minor: AgeBand, adult: AgeBand) -> None:
    for seeker_age, peer_age in ((minor, adult), (adult, minor), (minor, minor)):
        both = pair(replace(SEEKER, age=seeker_age), replace(PEER, age=peer_age))

        assert Barrier.AGE in barriers(both)


@pytest.mark.parametrize(
    "unsure",
    [
        pair(replace(SEEKER, wishes=NO_MAN)),
        pair(replace(SEEKER, wishes=NO_ADVICE)),
        pair(replace(SEEKER, wishes=SOMEBODY_NEAR, region=GULF)),
        pair(replace(SEEKER, wishes=SOMEBODY_FAR, region=GULF)),
    ],
    ids=["gender", "manner", "near", "far"],
)
def test_what_a_peer_has_not_told_never_fulfils_a_must(unsure: Pair) -> None:
    assert not allows(unsure)


def test_two_formats_that_exclude_each_other_never_meet() -> None:
    live = replace(SEEKER, format=Format.LIVE)

    assert not allows(pair(live, replace(PEER, format=Format.NOW_AND_THEN)))
    assert allows(pair(live, replace(PEER, format=Format.LIVE)))


def test_slow_conversations_need_no_common_hours() -> None:
    slow = replace(LIVE_IN_BLOCK_1, format=Format.NOW_AND_THEN)

    assert allows(pair(slow, replace(PEER, day_blocks=frozenset({2}))))


def test_training_counts_only_when_the_peer_opted_in_too() -> None:
    assert not allows(pair(peer=replace(PEER, opted_in=frozenset())))


def test_training_is_asked_only_for_needs_with_formal_help() -> None:
    untrained = replace(PEER, trained=frozenset(), opted_in=frozenset())

    assert allows(pair(replace(SEEKER, needs=(LONELY,)), untrained))


def test_the_acute_guard_is_a_switch_of_the_rules() -> None:
    in_it = living(PEER, OUTED, Since.NOW)

    assert not allows(pair(peer=in_it))
    assert allows(pair(peer=in_it, musts=Musts(acute_guard=AcuteGuard.OFF)))


def test_the_acute_guard_may_hold_for_every_need() -> None:
    in_it = living(PEER, LONELY, Since.NOW)

    assert allows(pair(peer=in_it))
    assert not allows(pair(peer=in_it, musts=Musts(acute_guard=AcuteGuard.EVERY)))
