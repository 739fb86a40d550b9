"""The need that is worst off, and how a few more tries raise it."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, strategies as st
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from matcher.domain.errors import InvalidMatrixError
from matcher.engine.assignment import assign
from matcher.engine.auction import NOBODY
from matcher.engine.fairness import MOST_RAISED, Turn, fairest, match_rates, raised, worst_off
from matcher.engine.matrices import Bools, Floats, Ints


def crowd(seed: int) -> tuple[Bools, Floats]:
    """Draw seekers with one need each; peers fit those with the last need a little worse."""
    rng = np.random.default_rng(seed)
    needs = rng.choice(4, 400, p=[0.4, 0.3, 0.2, 0.1])
    ticks = np.eye(4, dtype=np.bool_)[needs]
    scores = rng.uniform(0.4, 0.6, (400, 200)) * np.array([1.2, 1.1, 1.0, 0.8])[needs][:, None]
    return ticks, scores


def solver(scores: Floats) -> Callable[[Floats], Ints]:
    """Assign peers with one place each, as well as scores times factors allow."""
    capacity = np.ones(scores.shape[1], dtype=np.int64)
    return lambda factors: assign(csr_array(scores * factors[:, None]), capacity)


@pytest.mark.parametrize("seed", range(3))
def test_a_few_tries_raise_the_worst_off_need_and_nobody_loses_a_peer_over_it(
    seed: int,
) -> None:
    ticks, scores = crowd(seed)
    everybody = np.ones(400, dtype=np.bool_)
    solve = solver(scores)
    plain = solve(np.ones(400))

    fair = fairest(solve, ticks=ticks, promise=scores.max(axis=1))

    before, after = (worst_off(ticks, one != NOBODY, everybody) for one in (plain, fair))
    assert before is not None
    assert after is not None
    assert before.rate < 0.1
    assert after.rate > 0.45
    assert (fair != NOBODY).sum() == (plain != NOBODY).sum()


def test_one_try_is_the_round_without_fairness() -> None:
    ticks, scores = crowd(1)
    solve = solver(scores)

    found = fairest(solve, ticks=ticks, promise=scores.max(axis=1), tries=1)

    assert found.tolist() == solve(np.ones(400)).tolist()


def test_a_pool_too_small_to_speak_of_is_solved_once() -> None:
    asked: list[Floats] = []

    def solve(factors: Floats) -> Ints:
        asked.append(factors)
        return np.array([0, NOBODY])

    fairest(solve, ticks=np.ones((2, 1), dtype=np.bool_), promise=[1.0, 1.0])

    assert len(asked) == 1


def test_no_round_is_less_fair_than_the_first_try() -> None:
    ticks = np.repeat(np.eye(2, dtype=np.bool_), 20, axis=0)
    tries = iter([np.arange(40) % 2 - 1, np.full(40, NOBODY), np.full(40, NOBODY)])

    found = fairest(lambda _: next(tries), ticks=ticks, promise=np.ones(40), tries=3)

    assert found.tolist() == (np.arange(40) % 2 - 1).tolist()


def test_needs_of_fewer_than_eleven_seekers_have_no_rate() -> None:
    ticks = np.zeros((21, 2), dtype=np.bool_)
    ticks[:11, 0] = True
    ticks[11:, 1] = True
    found = np.arange(21) < 5

    rates = match_rates(ticks, found, np.ones(21, dtype=np.bool_))

    assert rates[0] == pytest.approx(5 / 11)
    assert np.isnan(rates[1])


def test_who_can_be_offered_nobody_does_not_count() -> None:
    ticks = np.ones((22, 1), dtype=np.bool_)
    reachable = np.arange(22) < 11

    worst = worst_off(ticks, reachable, reachable)

    assert worst is not None
    assert worst == (0, 1.0)


def test_in_a_small_pool_no_need_is_called_worst_off() -> None:
    nobody = np.zeros(3, dtype=np.bool_)

    assert worst_off(np.ones((3, 2), dtype=np.bool_), nobody, nobody) is None


@given(st.integers(0, 2**32 - 1), st.integers(0, 60))
def test_nobody_is_lowered_and_who_found_somebody_is_left_alone(
    seed: int, n_seekers: int
) -> None:
    rng = np.random.default_rng(seed)
    ticks = rng.random((n_seekers, 3)) < 0.6
    found, reachable = rng.random((2, n_seekers)) < 0.5
    factors = rng.uniform(1, MOST_RAISED, n_seekers)

    after = raised(
        Turn(factors, found & reachable, reachable), ticks=ticks, promise=np.ones(n_seekers)
    )

    assert ((after >= factors) & (after <= MOST_RAISED)).all()
    assert (after == factors)[found | ~reachable].all()


def test_the_most_promising_of_equals_is_raised_first() -> None:
    ticks = np.repeat(np.eye(2, dtype=np.bool_), 20, axis=0)
    matched = np.arange(40) < 20
    promise = np.arange(40) / 40

    after = raised(Turn(np.ones(40), matched, np.ones(40, bool)), ticks=ticks, promise=promise)

    assert np.flatnonzero(after > 1).tolist() == list(range(30, 40))


@pytest.mark.parametrize(
    ("factors", "ticks", "found", "promise"),
    [
        ([1.0, -1.0], [[True], [True]], [True, False], [1.0, 1.0]),
        ([1.0, float("nan")], [[True], [True]], [True, False], [1.0, 1.0]),
        ([1.0], [[True], [True]], [True, False], [1.0, 1.0]),
        ([1.0, 1.0], [[1.0], [1.0]], [True, False], [1.0, 1.0]),
        ([1.0, 1.0], [[True], [True]], [True], [1.0, 1.0]),
        ([1.0, 1.0], [True, True], [True, False], [1.0, 1.0]),
        ([1.0, 1.0], [[True], [True]], [True, False], [float("inf"), 1.0]),
    ],
)
def test_what_does_not_fit_is_refused(
    factors: ArrayLike, ticks: ArrayLike, found: ArrayLike, promise: ArrayLike
) -> None:
    with pytest.raises(InvalidMatrixError):
        raised(Turn(factors, found, [True, True]), ticks=ticks, promise=promise)
