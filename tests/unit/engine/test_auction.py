"""The auction on lists that are given: who gets whom, what stays looked for, and the bound."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linear_sum_assignment

from matcher.engine.assignment import first_come
from matcher.engine.auction import LEAST_SHARE, Lists, Steps, bid, bound, opened
from matcher.engine.matrices import Floats, Ints

FINE = Steps(least=1e-4, look=0.0, share=LEAST_SHARE)


def lists_of(worth: Floats, rest: float = 0.0) -> Lists:
    """List everybody whom a pair with is worth anything."""
    rows, columns = np.nonzero(worth)
    first = np.searchsorted(rows, np.arange(len(worth)))
    return Lists(
        first=first.astype(np.int64),
        length=np.bincount(rows, minlength=len(worth)).astype(np.int64),
        columns=columns.astype(np.int32),
        worth=worth[rows, columns].astype(np.float32),
        rest=np.full(len(worth), rest),
        room=worth.shape[1],
        copies=1,
    )


def free(n_peers: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Let everybody cost nothing at first."""
    return np.zeros(n_peers, dtype=np.float32)


def drawn(n_seekers: int, n_peers: int, seed: int) -> tuple[Floats, Ints]:
    rng = np.random.default_rng(seed)
    worth = rng.uniform(0.1, 1, (n_seekers, n_peers)).round(2)  # with ties
    return worth * (rng.random(worth.shape) < 0.6), rng.integers(0, 4, n_peers)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 15), st.integers(0, 9), st.integers(0, 2**32 - 1))
def test_an_auction_ends_with_the_best_pairs_up_to_its_steps(
    n_seekers: int, n_peers: int, seed: int
) -> None:
    worth, places = drawn(n_seekers, n_peers, seed)
    lists, market = lists_of(worth), opened(places, n_seekers, free(n_peers))

    hungry = bid(market, lists, np.arange(n_seekers), FINE)

    seats = worth[:, np.repeat(np.arange(n_peers), np.minimum(places, n_seekers))]
    best = seats[linear_sum_assignment(seats, maximize=True)].sum()
    rows = np.flatnonzero(market.chosen >= 0)
    total = worth[rows, market.chosen[rows]].sum()
    used = np.bincount(market.chosen[rows], minlength=n_peers)
    assert len(hungry) == 0
    assert (used <= places).all()
    assert np.array_equal(market.taken, used)
    assert best - 1e-4 * max(1, n_seekers) - 1e-5 <= total <= best + 1e-5
    assert best - 1e-5 <= bound(market, lists) <= total + 1e-4 * n_seekers + 1e-5


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 15), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_the_bound_holds_at_whatever_prices(n_seekers: int, n_peers: int, seed: int) -> None:
    worth, places = drawn(n_seekers, n_peers, seed)
    asked = np.random.default_rng(seed).uniform(0, 1, n_peers).astype(np.float32)
    market = opened(places, n_seekers, asked)

    seats = worth[:, np.repeat(np.arange(n_peers), np.minimum(places, n_seekers))]
    best = seats[linear_sum_assignment(seats, maximize=True)].sum()

    assert bound(market, lists_of(worth)) >= best - 1e-5


def test_who_may_find_somebody_better_beyond_their_list_looks_further() -> None:
    lists = lists_of(np.array([[0.5, 0.0], [0.5, 0.4]]), rest=0.45)
    market = opened(np.array([1, 1]), 2, free(2))

    hungry = bid(market, lists, np.arange(2), FINE)

    assert len(hungry) == 1
    assert sorted(market.chosen.tolist()) == [-1, 0]
    assert market.prices[0] <= 0.5 - 0.45 + 1e-3  # nobody bids past what others leave


def test_a_place_costs_nothing_until_all_of_a_peer_are_taken() -> None:
    worth = np.array([[0.9], [0.8], [0.7]])
    market = opened(np.array([2]), 3, free(1))

    bid(market, lists_of(worth), np.arange(1), FINE)
    once = float(market.prices[0])
    bid(market, lists_of(worth), np.array([1, 2]), FINE)

    assert once == 0
    assert market.chosen.tolist() == [0, 0, -1]
    assert 0.7 <= market.prices[0] <= 0.8 + 1e-3


def test_a_peer_without_a_place_is_never_chosen() -> None:
    market = opened(np.array([0, 1]), 1, free(2))

    bid(market, lists_of(np.array([[0.9, 0.2]])), np.arange(1), FINE)

    assert market.chosen.tolist() == [1]


def test_more_places_than_seekers_count_as_that_many() -> None:
    market = opened(np.array([10**9, 2]), 5, free(2))

    assert np.diff(market.start).tolist() == [5, 2]


@pytest.mark.timeout(300, method="thread")
def test_equal_bidders_to_whom_a_step_is_nothing_come_to_an_end() -> None:
    worth = np.full((3, 2), 1e9)
    market = opened(np.array([1, 1]), 3, free(2))

    bid(market, lists_of(worth), np.arange(3), FINE)

    assert sorted(market.chosen.tolist()) == [-1, 0, 1]


def test_first_come_takes_the_best_that_is_left() -> None:
    worth = np.array([[0.9, 0.8], [0.9, 0.1], [0.9, 0.0]])

    assert first_come(lists_of(worth), np.array([1, 1])) == pytest.approx(1.0)
