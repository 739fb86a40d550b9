"""Of which kind a pair is: a bit for each small term that fits by half or more."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.lessons import BUCKETS, CELLS, FEATURES, cell_of
from matcher.domain.needs import NeedId
from matcher.domain.profile import (
    Experience,
    Help,
    Identity,
    Lived,
    Nearness,
    PeerProfile,
    Region,
    SeekerProfile,
    Since,
    Stage,
    Wishes,
)
from matcher.domain.rules import Rules, Weights
from matcher.engine.crowd import draw_crowd
from matcher.engine.lessons import PAIRS_A_BLOCK, buckets
from matcher.engine.plan import plan_crowd, wanted_of
from matcher.engine.scoring import Scorer
from matcher.engine.terms import TERMS, small_terms
from tests.builders import NOON, catalogue, peer, seeker

LONELY = NeedId("people/lonely")
NEEDS = catalogue(LONELY)
NILE = Region("nile")
ADVICE = list(Help)[1]
ONE, OTHER = list(Identity)[:2]


def bucket(asked: SeekerProfile, giving: PeerProfile, rules: Rules | None = None) -> int:
    scorer = Scorer.of([asked], [giving], needs=NEEDS, rules=rules or Rules())
    (found,) = buckets(scorer, np.array([0]), np.array([0]))
    return found


def since(when: Since) -> PeerProfile:
    return replace(peer(), lived={LONELY: Experience(lived=Lived.VERY, since=when)})


PLAIN = replace(seeker(LONELY), help=frozenset())
IN_THE_MIDDLE = replace(PLAIN, main=LONELY, stage=Stage.MIDDLE)
NEAR = replace(PLAIN, region=NILE, wishes=Wishes(nearness=Nearness.NEAR_BETTER))
LIKES_ONE = replace(PLAIN, wishes=Wishes(identity_better=frozenset({ONE})))
WANTS_TWO, WANTS_THREE = (replace(PLAIN, help=frozenset(list(Help)[:n])) for n in (2, 3))
ADVISES = replace(peer(), help=frozenset({ADVICE}))


def test_there_is_a_cell_for_each_answer_about_each_kind_of_pair() -> None:
    assert len(set(CELLS)) == len(CELLS) == 3 * BUCKETS == 3 * 2 ** len(TERMS)
    assert tuple(FEATURES) == TERMS
    assert cell_of(7, "no") in CELLS


@pytest.mark.parametrize(
    ("asked", "giving", "expected"),
    [
        (IN_THE_MIDDLE, since(Since.PAST), 1),
        (IN_THE_MIDDLE, since(Since.NOW), 0),
        (PLAIN, since(Since.PAST), 0),
        (WANTS_TWO, ADVISES, 2),
        (WANTS_THREE, ADVISES, 0),
        (PLAIN, ADVISES, 0),
        (LIKES_ONE, replace(peer(), identity=frozenset({ONE})), 4),
        (LIKES_ONE, replace(peer(), identity=frozenset({OTHER})), 0),
        (NEAR, replace(peer(), region=NILE), 8),
        (NEAR, replace(peer(), region=None), 0),
        (replace(NEAR, help=frozenset({ADVICE})), replace(ADVISES, region=NILE), 10),
    ],
)
def test_each_term_has_its_bit(
    asked: SeekerProfile, giving: PeerProfile, expected: int
) -> None:
    assert bucket(asked, giving) == expected


def test_a_term_that_weighs_nothing_still_says_whether_it_fits() -> None:
    nothing = Rules(weights=Weights(stage=0, help=0, identity=0, nearness=0))

    assert bucket(NEAR, replace(peer(), region=NILE), nothing) == 8


def test_many_pairs_are_judged_as_the_terms_judge_them() -> None:
    crowd, rng = draw_crowd(90, 70, 4), np.random.default_rng(5)
    scorer = Scorer.on(crowd.people, Rules())
    rows = rng.integers(90, size=3 * PAIRS_A_BLOCK + 1)
    columns = rng.integers(70, size=len(rows))

    found = buckets(scorer, rows, columns)

    fits = small_terms(scorer.seekers(slice(0, 90)), scorer.peers, np.ones((90, 4)))
    plainly = [
        sum((fits[name][row, column] >= 0.5) << bit for bit, name in enumerate(TERMS))
        for row, column in zip(rows, columns, strict=True)
    ]
    assert found == plainly
    assert len(set(found)) > 6
    assert buckets(scorer, rows[:0], columns[:0]) == []


def test_a_plan_says_of_which_kind_each_of_its_pairs_is() -> None:
    crowd = draw_crowd(60, 40, 6)
    scorer = wanted_of(crowd, rules=Rules(), now=NOON).scorer
    at = {handle: row for row, handle in enumerate(crowd.seekers)}
    there = {handle: column for column, handle in enumerate(crowd.peers)}

    plan = plan_crowd(crowd, rules=Rules(), now=NOON, seed=1)

    rows = np.array([at[pair.seeker] for pair in plan.pairs])
    columns = np.array([there[pair.peer] for pair in plan.pairs])
    assert len(plan.pairs) > 20
    assert [pair.bucket for pair in plan.pairs] == buckets(scorer, rows, columns)
