"""The best total under capacities, against an independent solver, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.optimize import linear_sum_assignment
from scipy.sparse import block_diag, csr_array, eye_array, random_array

from matcher.domain.errors import InvalidMatrixError
from matcher.engine.assignment import SMALL, Assignment, assign, solve
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


def flow(candidates: csr_array, places: Ints) -> float:
    """Solve it as a flow of least cost: everybody may also go without."""
    n_seekers, n_peers = candidates.shape
    rows = np.repeat(np.arange(n_seekers), np.diff(candidates.indptr))
    solver, whole = SimpleMinCostFlow(), 10**6
    source, sink = n_seekers + n_peers, n_seekers + n_peers + 1
    for seeker in range(n_seekers):
        solver.add_arc_with_capacity_and_unit_cost(source, seeker, 1, 0)
        solver.add_arc_with_capacity_and_unit_cost(seeker, sink, 1, 0)
    costs = -np.rint(candidates.data * whole).astype(np.int64)
    for row, column, cost in zip(rows, candidates.indices, costs, strict=True):
        solver.add_arc_with_capacity_and_unit_cost(int(row), n_seekers + int(column), 1, cost)
    for peer, n_places in enumerate(places.tolist()):
        solver.add_arc_with_capacity_and_unit_cost(n_seekers + peer, sink, n_places, 0)
    solver.set_node_supply(source, n_seekers)
    solver.set_node_supply(sink, -n_seekers)
    assert solver.solve() == solver.OPTIMAL
    return -float(solver.optimal_cost()) / whole


@pytest.mark.parametrize("most", [1, 4], ids=["scarce", "plenty"])
@pytest.mark.parametrize("digits", [1, 7], ids=["ties", "no ties"])
def test_a_large_problem_misses_next_to_nothing_of_the_best(most: int, digits: int) -> None:
    rng = np.random.default_rng(most)
    table = random_array((1500, 700), density=0.02, rng=rng, format="csr")
    table.data = (0.1 + 0.9 * table.data).round(digits)
    candidates, places = csr_array(table), rng.integers(1, most + 1, 700)

    found = solve(candidates, places)

    best, rows = flow(candidates, places), np.flatnonzero(found.columns >= 0)
    used = np.bincount(found.columns[rows], minlength=700)
    assert 1500 * places.sum() > SMALL
    assert (used <= places).all()
    assert found.total == pytest.approx(total(candidates.toarray(), found.columns), abs=1e-3)
    assert found.bound * (1 + 1e-6) >= best >= found.total - 1e-3
    assert found.total >= 0.9998 * best
    assert found.gap <= 3e-4


@pytest.mark.timeout(300, method="thread")
def test_a_few_enormous_scores_among_many_never_keep_an_auction_going() -> None:
    enormous = np.full((3, 2), 1e9)
    many = block_diag([enormous, eye_array(1200)], format="csr")

    found = solve(csr_array(many), np.ones(1202, dtype=np.int64))

    assert found.total == pytest.approx(2e9 + 1200, rel=1e-6)
    assert sorted(found.columns[:3].tolist()) == [NOBODY, 0, 1]


@pytest.mark.parametrize("loss", [0.0, -1.0, float("nan")], ids=str)
def test_a_loss_that_is_no_share_is_refused(loss: float) -> None:
    with pytest.raises(InvalidMatrixError, match="above 0"):
        solve(csr_array(np.ones((2, 2))), [1, 1], loss=loss)


def test_the_gap_is_what_the_total_may_miss_of_the_bound() -> None:
    nobody = np.zeros(0, dtype=np.int64)

    assert Assignment(columns=nobody, total=3.0, bound=4.0).gap == 0.25
    assert Assignment(columns=nobody, total=0.0, bound=0.0).gap == 0.0
    assert Assignment(columns=nobody, total=1.0, bound=1.0 - 1e-9).gap == 0.0
