"""The best total under capacities, against an independent solver, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array

from matcher.domain.errors import InvalidMatrixError
from matcher.engine.assignment import assign
from matcher.engine.auction import NOBODY
from matcher.engine.matrices import Floats, Ints


def total(scores: Floats, chosen: Ints) -> float:
    """Add up what was chosen."""
    rows = np.flatnonzero(chosen != NOBODY)
    return float(scores[rows, chosen[rows]].sum())


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 12), st.integers(0, 8), st.integers(0, 2**32 - 1))
def test_no_other_pairing_under_the_capacities_is_worth_more(
    n_seekers: int, n_peers: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.random((n_seekers, n_peers)) * (rng.random((n_seekers, n_peers)) < 0.5)
    capacity = rng.integers(0, 4, n_peers)

    chosen = assign(csr_array(scores), capacity=capacity)

    seats = np.repeat(scores, capacity, axis=1)
    best = seats[linear_sum_assignment(-seats)].sum()
    used = np.bincount(chosen[chosen != NOBODY], minlength=n_peers)
    assert total(scores, chosen) == pytest.approx(best, abs=1e-6)
    assert (used <= capacity).all()
    assert all(scores[row, column] > 0 for row, column in enumerate(chosen) if column >= 0)


def test_one_excellent_pair_is_worth_more_than_two_poor_ones() -> None:
    scores = np.array([[0.9, 0.1], [0.1, 0.0]])

    chosen = assign(csr_array(scores), capacity=[1, 1])

    assert chosen.tolist() == [0, NOBODY]


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0), (3, 3)], ids=str)
def test_without_candidates_nobody_gets_anybody(shape: tuple[int, int]) -> None:
    chosen = assign(csr_array(shape), capacity=np.ones(shape[1], dtype=np.int64))

    assert chosen.tolist() == [NOBODY] * shape[0]


def test_without_capacity_nobody_gets_anybody() -> None:
    assert assign(csr_array(np.ones((2, 2))), capacity=[0, 0]).tolist() == [NOBODY, NOBODY]


@pytest.mark.parametrize("score", [0.0, -1.0, float("nan"), float("inf")], ids=str)
def test_a_score_that_is_not_above_zero_is_refused(score: float) -> None:
    stored = csr_array(([1.0, score], ([0, 1], [0, 0])), shape=(2, 1))

    with pytest.raises(InvalidMatrixError, match="above 0"):
        assign(stored, capacity=[1])


@pytest.mark.parametrize("capacity", [[1], [1, -1], [1.5, 1.0], [[1, 1]], ["a", "b"]], ids=str)
def test_a_capacity_that_does_not_fit_is_refused(capacity: list[object]) -> None:
    with pytest.raises(InvalidMatrixError, match="capacity"):
        assign(csr_array(np.ones((2, 2))), capacity=np.array(capacity))
