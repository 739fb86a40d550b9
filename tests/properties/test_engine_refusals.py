"""Rounds and evaluations: bad input is refused by name, empty input pairs nobody."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.sparse import csr_array

from matcher.domain.errors import InvalidMatrixError, InvalidPopulationError
from matcher.domain.needs import NeedId
from matcher.domain.profile import AgeBand
from matcher.domain.rules import Musts, Rules, Weights
from matcher.engine import society
from matcher.engine.assignment import assign
from matcher.engine.baselines import BASELINES, Question
from matcher.engine.evaluate import Plan, evaluate
from matcher.engine.matrices import Floats
from matcher.engine.plan import plan_round
from matcher.engine.population import DRAWN_AT, Population, draw
from matcher.engine.trials import Setting, Survey

NEEDS = society.catalogue()

NOBODY = -1
sizes = st.integers(0, 4)
NO_SCORES = [0.0, -0.5, float("nan"), float("inf")]
seeds = st.integers(0, 2**32 - 1)


def people(n_people: int = 60, seed: int = 3) -> Survey:
    rng = np.random.default_rng(seed)
    answers = (rng.random((n_people, 8)) < 0.6).astype(np.float64)
    return Survey(
        needs=tuple(f"a/{at}" for at in range(8)),
        answers=answers,
        known=np.ones(answers.shape, dtype=np.bool_),
        about={"age": ("18-25",) * n_people},
    )


@settings(deadline=None)
@given(
    st.integers(1, 5),
    st.integers(1, 5),
    seeds,
    st.sampled_from([0.0, -0.5, float("nan"), float("inf")]),
)
def test_a_candidate_that_is_no_score_is_refused(
    n_seekers: int, n_peers: int, seed: int, bad: float
) -> None:
    rng = np.random.default_rng(seed)
    scores = csr_array(rng.uniform(0.1, 1, (n_seekers, n_peers)))
    scores.data[rng.integers(scores.nnz)] = bad

    with pytest.raises(InvalidMatrixError):
        assign(scores, capacity=np.ones(n_peers, dtype=np.int64))


@settings(deadline=None)
@given(sizes, sizes)
def test_without_capacity_or_candidates_nobody_gets_anybody(
    n_seekers: int, n_peers: int
) -> None:
    everybody, nobody = (
        csr_array(np.ones((n_seekers, n_peers))),
        csr_array((n_seekers, n_peers)),
    )

    full = assign(everybody, capacity=np.zeros(n_peers, dtype=np.int64))
    alone = assign(nobody, capacity=np.ones(n_peers, dtype=np.int64))

    assert full.tolist() == alone.tolist() == [NOBODY] * n_seekers


@settings(max_examples=20, deadline=None)
@given(sizes, sizes, st.integers(0, 1000))
def test_a_round_under_rules_that_nobody_can_meet_pairs_nobody(
    n_seekers: int, n_peers: int, seed: int
) -> None:
    pool = draw(n_seekers, n_peers, seed)
    full = replace(pool, peers=tuple(replace(peer, free=0) for peer in pool.peers))
    nobody_may = Rules(musts=Musts(ages={}))
    youth_only = Rules(musts=Musts(ages={AgeBand.YOUTH: frozenset({AgeBand.YOUTH})}))

    plans = [
        plan_round(pool, needs=NEEDS, rules=nobody_may, now=DRAWN_AT),
        plan_round(pool, needs=NEEDS, rules=youth_only, now=DRAWN_AT),
        plan_round(full, needs=NEEDS, rules=Rules(), now=DRAWN_AT),
    ]

    assert [plan.pairs for plan in plans] == [(), (), ()]
    assert [plan.total for plan in plans] == [0, 0, 0]


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")], ids=str)
def test_a_round_with_a_weight_that_is_none_is_refused(weight: float) -> None:
    pool, grief = draw(5, 3, 1), NeedId("life/grief")

    for weights in (Weights(needs={grief: weight}), Weights(main=weight)):
        with pytest.raises(InvalidMatrixError):
            plan_round(pool, needs=NEEDS, rules=Rules(weights=weights), now=DRAWN_AT)


def test_a_round_or_a_pool_with_an_impossible_time_or_count_is_refused() -> None:
    pool = draw(2, 2, 1)
    zoneless = datetime(2025, 1, 1)  # noqa: DTZ001 - what is refused

    with pytest.raises(InvalidPopulationError):
        plan_round(pool, needs=NEEDS, rules=Rules(), now=zoneless)
    with pytest.raises(InvalidPopulationError):
        replace(pool, peers=(replace(pool.peers[0], free=-1),))
    with pytest.raises(InvalidPopulationError):
        replace(pool, peers=pool.peers * 2)
    with pytest.raises(InvalidPopulationError):
        replace(pool, seekers=(replace(pool.seekers[0], waiting_since=zoneless),))


def test_a_round_before_anybody_came_pairs_whom_it_can() -> None:
    early = plan_round(
        draw(10, 10, 1), needs=NEEDS, rules=Rules(), now=DRAWN_AT - timedelta(days=99)
    )

    assert early.total > 0


@given(st.tuples(st.integers(-3, 3), st.integers(-3, 3), st.integers(-3, 3)))
def test_a_pool_is_drawn_or_its_negative_number_refused(numbers: tuple[int, int, int]) -> None:
    if min(numbers) < 0:
        with pytest.raises(InvalidPopulationError):
            draw(*numbers)
    else:
        pool = draw(*numbers)
        assert isinstance(pool, Population)
        assert (len(pool.seekers), len(pool.peers)) == numbers[:2]


@pytest.mark.parametrize(
    "setting",
    [
        {"ticks": 0, "peers": 10},
        {"ticks": -2, "peers": 10},
        {"ticks": 2, "peers": 1},
        {"ticks": 2, "peers": -5},
        {"ticks": 2, "peers": 10, "capacity": 0},
        {"ticks": 2, "peers": 10, "seekers": 0},
        {"ticks": 2, "peers": 10, "seekers": -1},
    ],
    ids=str,
)
def test_a_trial_without_ticks_people_or_capacity_is_refused(setting: dict[str, Any]) -> None:
    with pytest.raises(InvalidMatrixError):
        Setting(**setting)


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": np.full((60, 8), np.nan)},
        {"answers": np.full((60, 8), 2.0)},
        {"answers": np.zeros((60, 7))},
        {"known": np.ones((60, 8))},
        {"known": np.ones((3, 8), dtype=np.bool_)},
        {"about": {"age": ("18-25",)}},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_survey_that_does_not_fit_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidMatrixError):
        replace(people(), **wrong)


@pytest.mark.parametrize(
    "wrong",
    [{"repeats": 0}, {"seed": -1}, {"by": "colour"}, {"setting": Setting(ticks=2, peers=90)}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_evaluation_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    plan = Plan(setting=Setting(ticks=2, peers=10), repeats=1, seed=1)

    with pytest.raises(InvalidMatrixError):
        evaluate(people(), replace(plan, **wrong))


@pytest.mark.parametrize("bad", ["nan", "shape", "none"])
def test_an_evaluation_of_a_score_that_is_none_is_refused(bad: str) -> None:
    plan = Plan(setting=Setting(ticks=2, peers=10), repeats=1, seed=1)

    def score(question: Question) -> Floats:
        found = BASELINES["overlap"](question)
        return found[:, 1:] if bad == "shape" else found * np.nan

    with pytest.raises(InvalidMatrixError):
        evaluate(people(), plan, {} if bad == "none" else {"bad": score})
