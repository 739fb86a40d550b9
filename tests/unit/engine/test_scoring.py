"""What profiles become as arrays, and what the small terms add."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from matcher.domain.needs import JUST_TALK, NeedId
from matcher.domain.profile import (
    Consent,
    Experience,
    Lived,
    Nearness,
    PeerProfile,
    Region,
    SeekerProfile,
    Since,
    Stage,
    Wishes,
)
from matcher.domain.rules import Priority, Rules
from matcher.engine import society
from matcher.engine.explain import explain
from matcher.engine.plan import plan_round
from matcher.engine.population import DRAWN_AT, draw
from matcher.engine.scoring import Scorer
from tests.builders import catalogue, peer, seeker

LONELY, GRIEF = NeedId("people/lonely"), NeedId("life/grief")
NEEDS = catalogue(LONELY, GRIEF, JUST_TALK)
NILE, GULF = Region("nile"), Region("gulf")
LOST_LONG_AGO = {GRIEF: Experience(lived=Lived.VERY, since=Since.PAST)}


def scorer_of(asked: SeekerProfile, *peers: PeerProfile) -> Scorer:
    """Put one seeker before some peers."""
    return Scorer.of([asked], peers, needs=NEEDS, rules=Rules())


def test_a_need_that_was_not_ticked_or_not_answered_is_unknown() -> None:
    lived = {LONELY: Experience(lived=Lived.NOT_AT_ALL)}

    scorer = scorer_of(seeker(GRIEF), replace(peer(), lived=lived))

    assert scorer.columns.ids == (LONELY, GRIEF)
    assert scorer.seekers(slice(0, 1)).asked.known.tolist() == [[False, True]]
    assert scorer.peers.told.known.tolist() == [[True, False]]


def test_levels_of_experience_become_thirds() -> None:
    peers = [replace(peer(), lived={LONELY: Experience(lived=level)}) for level in Lived]

    scorer = scorer_of(seeker(LONELY), *peers)

    assert scorer.peers.told.lived[:, 0].tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])


@pytest.mark.parametrize(
    ("wish", "region", "fits"),
    [
        (Nearness.NEAR_BETTER, NILE, True),
        (Nearness.NEAR_BETTER, GULF, False),
        (Nearness.NEAR_BETTER, None, False),
        (Nearness.FAR_BETTER, GULF, True),
        (Nearness.FAR_BETTER, NILE, False),
        (Nearness.FAR_BETTER, None, False),
        (Nearness.ANY, NILE, False),
    ],
    ids=str,
)
def test_near_or_far_counts_only_where_both_told_and_as_wished(
    wish: Nearness, region: Region | None, *, fits: bool
) -> None:
    asked = replace(seeker(LONELY), region=NILE, wishes=Wishes(nearness=wish))

    scorer = scorer_of(asked, replace(peer(LONELY), region=region))

    assert explain(scorer, 0, 0).terms["nearness"] == (Rules().weights.nearness if fits else 0)


def test_a_stage_counts_only_for_the_need_that_matters_most() -> None:
    grieved = replace(peer(), lived=LOST_LONG_AGO)
    asked = replace(seeker(LONELY, GRIEF), stage=Stage.MIDDLE)

    terms = [
        explain(scorer_of(replace(asked, main=main), grieved), 0, 0).terms["stage"]
        for main in (None, LONELY, GRIEF)
    ]

    assert terms == [0, 0, Rules().weights.stage]


def test_who_just_wants_to_talk_is_never_guessed_about() -> None:
    needs, people = society.catalogue(), draw(0, 60, 1)
    asked = replace(seeker(JUST_TALK), consent=Consent(matching=True, unsaid=True))

    worth = Scorer.of(
        [asked, replace(asked, needs=(LONELY,))],
        [free.profile for free in people.peers],
        needs=needs,
        rules=Rules(),
    ).worth(slice(0, 2))

    assert worth.parts.unsaid_share[:, 0].tolist() == [0, Rules().similarity.unsaid_weight]
    assert not worth.parts.unsaid[0].any()
    assert np.array_equal(worth.said[0], np.ones(60))


@pytest.mark.parametrize("pair", [(1, 0), (0, 1), (-1, 0), (0, -1)], ids=str)
def test_a_pair_that_is_not_there_cannot_be_explained(pair: tuple[int, int]) -> None:
    scorer = scorer_of(seeker(LONELY), peer(LONELY))

    with pytest.raises(IndexError):
        explain(scorer, *pair)


@pytest.mark.parametrize("size", [(120, 40), (300, 90), (500, 150)], ids=str)
def test_consent_to_guesses_neither_buys_nor_costs_a_turn(size: tuple[int, int]) -> None:
    found: dict[bool, list[bool]] = {True: [], False: []}

    for seed, is_even in product(range(4), (True, False)):
        people = draw(*size, seed)
        agrees = {one.handle: (at % 2 == 0) is is_even for at, one in enumerate(people.seekers)}
        seekers = tuple(
            replace(one, profile=replace(one.profile, consent=consent(agrees[one.handle])))
            for one in people.seekers
        )
        plan = plan_round(
            replace(people, seekers=seekers),
            needs=society.catalogue(),
            rules=Rules(priority=Priority(waiting_bonus=0.0)),
            now=DRAWN_AT,
        )
        placed = {pair.seeker for pair in plan.pairs}
        for handle, agreed in agrees.items():
            found[agreed].append(handle in placed)

    assert abs(np.mean(found[True]) - np.mean(found[False])) < 0.08


def consent(unsaid: bool) -> Consent:  # noqa: FBT001 - the one thing it is about
    return Consent(matching=True, unsaid=unsaid)
