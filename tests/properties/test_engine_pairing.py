"""Whole pools are paired as well as is promised, against an independent solver."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linear_sum_assignment

from matcher.domain.errors import InvalidMatrixError
from matcher.domain.rules import Rules, Similarity, Weights
from matcher.engine.building import Wanted, build
from matcher.engine.crowd import draw_crowd
from matcher.engine.matrices import Floats, Ints
from matcher.engine.pairing import FAST, STRICT, Effort, Paired, pair_up, worths
from matcher.engine.scoring import Scorer
from tests.unit.engine import pools

OFF = 3.2e-5  # what the scan may be off, and a little for prices
seeds = st.integers(0, 2**32 - 1)


def optimum(worth: Floats, places: Ints) -> float:
    """Solve it one column a place."""
    seats = worth[:, np.repeat(np.arange(len(places)), np.minimum(places, len(worth)))]
    return float(seats[linear_sum_assignment(seats, maximize=True)].sum())


def check(asked: Wanted, places: Ints, effort: Effort) -> Paired:
    """Pair people, and see that all that is promised about it holds."""
    worth, pool = pools.plainly(asked), build(asked)

    paired = pair_up(pool, places, effort)

    found, best = paired.assignment, optimum(worth, places)
    rows = np.flatnonzero(found.columns >= 0)
    pairs = worth[rows, found.columns[rows]]
    used = np.bincount(found.columns[rows], minlength=len(places))
    assert (pairs > 0).all()
    assert (used <= places).all()
    assert found.total == pytest.approx(pairs.sum(), abs=1e-5, rel=1e-5)
    assert worths(pool, found.columns)[rows] == pytest.approx(pairs, abs=1e-5, rel=1e-6)
    assert found.bound >= best - 1e-9
    off = OFF * asked.urgency.max(initial=0) * min(len(worth), places.sum())
    assert best * (1 + 1e-6) >= found.total >= (1 - effort.loss) * found.bound - off
    return paired


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 14),
    st.integers(0, 14),
    st.integers(1, 4),
    st.sampled_from([STRICT, FAST, Effort(most=2), Effort(most=3, threads=2)]),
    seeds,
)
def test_any_few_people_are_paired_as_well_as_is_promised(
    n_seekers: int, n_peers: int, most: int, effort: Effort, seed: int
) -> None:
    places = np.random.default_rng(seed).integers(0, most, n_peers)

    check(pools.wild_wanted(n_seekers, n_peers, seed), places, effort)


@pytest.mark.parametrize("effort", [STRICT, FAST, Effort(most=2), Effort(most=5)], ids=str)
@pytest.mark.parametrize(
    ("n_seekers", "n_peers", "places"),
    [(400, 150, 1), (400, 3, 1), (60, 300, 3), (300, 40, 400), (1100, 20, 2)],
)
def test_drawn_people_are_paired_as_well_as_is_promised(
    effort: Effort, n_seekers: int, n_peers: int, places: int
) -> None:
    drawn = draw_crowd(n_seekers, n_peers, n_seekers)

    check(pools.wanted(drawn, n_peers), np.full(n_peers, places), effort)


@pytest.mark.timeout(300, method="thread")
@pytest.mark.parametrize(
    ("n_peers", "most"), [(1, 2), (1, 64), (3, 5), (3, 64), (200, 64), (300, 301)]
)
def test_a_thousand_equal_seekers_share_the_places_there_are(n_peers: int, most: int) -> None:
    same = np.zeros(1000, dtype=np.int64)
    drawn = draw_crowd(1, 1, 11)
    alike = replace(
        draw_crowd(1000, n_peers, 11),
        people=drawn.people.chosen(same, same[:n_peers]),
        free=np.full(n_peers, 2),
    )
    plain = pools.wanted(alike, 0)
    asked = replace(
        plain,
        scorer=Scorer.on(alike.people, Rules()),
        floor=0 * plain.floor,
        turn=np.ones(n_peers),
        urgency=np.ones(1000),
        bonus=0.0,
    )

    paired = check(asked, alike.free, Effort(most=most))

    assert (paired.assignment.columns >= 0).sum() == 2 * n_peers


@pytest.mark.timeout(300, method="thread")
def test_nobody_is_left_out_where_lists_are_far_too_short_for_all_who_are_alike() -> None:
    same = np.zeros(1000, dtype=np.int64)
    drawn = draw_crowd(1, 1, 11)
    alike = replace(
        draw_crowd(1000, 300, 11),
        people=drawn.people.chosen(same, same[:300]),
        free=np.full(300, 2),
    )
    plain = pools.wanted(alike, 0)
    asked = replace(
        plain,
        scorer=Scorer.on(alike.people, Rules()),
        floor=0 * plain.floor,
        turn=np.ones(300),
        urgency=np.ones(1000),
        bonus=0.0,
    )

    found = pair_up(build(asked), alike.free, Effort(most=16)).assignment

    assert (found.columns >= 0).sum() == 600
    assert found.bound >= found.total


@pytest.mark.timeout(300, method="thread")
@pytest.mark.parametrize("most", [2, 5, 64])
@pytest.mark.parametrize("urgent", [10.0, 1e4, 1e7])
def test_very_urgent_seekers_never_bid_without_end(most: int, urgent: float) -> None:
    drawn = draw_crowd(900, 60, 1)
    urgency = np.ones(900)
    urgency[600:] = urgent * np.random.default_rng(1).uniform(0.5, 1.5, 300)
    plain = pools.wanted(drawn, 1)

    check(replace(plain, urgency=urgency, bonus=0.0), drawn.free, Effort(most=most))


@pytest.mark.timeout(300, method="thread")
def test_who_is_more_urgent_than_numbers_can_tell_never_bids_without_end() -> None:
    drawn = draw_crowd(700, 2, 1)
    urgency = np.where(np.arange(700) < 650, 1.0, 1e8)
    asked = replace(pools.wanted(drawn, 1), urgency=urgency, floor=np.zeros(700), bonus=0.0)

    check(asked, np.array([20, 20]), Effort(most=2))


def test_peers_who_are_turned_far_down_are_paired_as_well() -> None:
    drawn = draw_crowd(900, 60, 2)
    first = np.argwhere(np.ones((300, 60), dtype=np.bool_))  # meet nobody
    plain = pools.wanted(replace(drawn, barred=first), 2)
    turned = replace(plain, turn=np.full(60, 2.0**-10), bonus=0.0)

    check(turned, drawn.free, STRICT)


@pytest.mark.parametrize(("n_seekers", "n_peers"), [(5, 5), (900, 200)])
def test_the_number_of_threads_changes_nothing(n_seekers: int, n_peers: int) -> None:
    drawn = draw_crowd(n_seekers, n_peers, 4)
    pool = build(replace(pools.wanted(drawn, 4), bonus=0.0))

    alone, *others = (
        pair_up(pool, drawn.free, Effort(most=8, threads=threads)) for threads in (1, 2, 3)
    )

    for other in others:
        assert np.array_equal(other.assignment.columns, alone.assignment.columns)
        assert np.array_equal(other.prices, alone.prices)
        assert other.assignment.bound == alone.assignment.bound
        assert (other.blocked, other.below_floor) == (alone.blocked, alone.below_floor)


@pytest.mark.parametrize(
    "effort",
    [
        Effort(most=0),
        Effort(most=1),
        Effort(threads=0),
        Effort(loss=0.0),
        Effort(loss=1.0),
        Effort(loss=float("nan")),
    ],
    ids=str,
)
def test_an_effort_that_makes_no_sense_is_refused(effort: Effort) -> None:
    pool = build(pools.wild_wanted(2, 2, 1))

    with pytest.raises(InvalidMatrixError):
        pair_up(pool, np.ones(2, dtype=np.int64), effort)


@pytest.mark.parametrize("urgency", [0.0, -1.0, float("nan"), float("inf")])
def test_a_turn_that_is_no_factor_is_refused(urgency: float) -> None:
    asked = pools.wild_wanted(3, 2, 1)

    with pytest.raises(InvalidMatrixError, match="urgency"):
        build(replace(asked, urgency=np.array([1.0, urgency, 1.0])))


@pytest.mark.parametrize("bonus", [-1.0, float("nan"), float("inf")])
def test_a_bonus_that_is_no_amount_is_refused(bonus: float) -> None:
    with pytest.raises(InvalidMatrixError, match="bonus"):
        build(replace(pools.wild_wanted(3, 2, 1), bonus=bonus))


def test_who_weighs_nothing_meets_whom_the_small_terms_choose() -> None:
    drawn = draw_crowd(60, 40, 3)
    nothing = dict.fromkeys((need.id for need in drawn.people.needs.all), 0.0)
    rules = Rules(
        weights=Weights(needs=nothing), floor=0.0, similarity=Similarity(unsaid_weight=0.0)
    )

    paired = check(pools.wanted(drawn, 3, rules), drawn.free, STRICT)

    assert (paired.assignment.columns >= 0).sum() > 10


def test_with_weights_of_nothing_and_a_floor_nobody_shares_enough() -> None:
    drawn = draw_crowd(60, 40, 3)
    nothing = dict.fromkeys((need.id for need in drawn.people.needs.all), 0.0)
    asked = pools.wanted(drawn, 3, Rules(weights=Weights(needs=nothing), floor=0.2))
    asked = replace(asked, floor=np.full(60, 0.2))

    found = pair_up(build(asked), drawn.free, STRICT)

    worth = asked.scorer.worth(slice(0, 60))
    kept = asked.constraints.between(slice(0, 60), n_rows=60)
    is_open = pools.open_pairs(asked)
    assert found.below_floor == (kept.may_meet & is_open & (worth.said < 0.2)).sum()
