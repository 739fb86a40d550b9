"""The regression finds what helps behind chance and noise, and comes to an end on anything."""

from math import isfinite, sqrt

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize

from matcher.domain.lessons import BUCKETS, FEATURES, Heard
from matcher.domain.linear import inverse, product
from matcher.domain.regression import BELIEF, LEVEL, fitted
from matcher.domain.shares import Z
from tests.hearing import EVEN, ODD, hear

ROUNDS = 120
EFFECTS = (0.2, 0.8, 0.0, -0.4, 0.4)

cells = st.integers(-60, 4_000)
anything = st.lists(st.tuples(cells, cells, cells), min_size=BUCKETS, max_size=BUCKETS)


@pytest.mark.parametrize("scale", [0.0, 1.0])
@pytest.mark.parametrize("has", [EVEN, ODD])
def test_intervals_hold_the_true_effects_about_95_times_of_100(
    scale: float, has: tuple[float, ...]
) -> None:
    rng, held, guesses = np.random.default_rng(7), 0, []
    for _ in range(ROUNDS):
        fit = fitted(hear(rng, 2_000, EFFECTS, scale=scale, has=has))
        assert fit is not None
        guesses.append(fit.best)
        halves = [Z * sqrt(fit.variance[at][at]) for at in range(len(EFFECTS))]
        held += sum(
            abs(best - true) < half
            for best, true, half in zip(fit.best, EFFECTS, halves, strict=True)
        )

    assert 0.92 < held / ROUNDS / len(EFFECTS) < 0.985
    assert np.abs(np.mean(guesses, axis=0) - EFFECTS).max() < 0.12


def test_the_top_is_where_an_optimizer_finds_it() -> None:
    heard = hear(np.random.default_rng(3), 1_500, EFFECTS)
    counts = np.array(heard.counts, dtype=float)
    rows = np.array([[1, *(b >> at & 1 for at in range(4))] for b in range(BUCKETS)])
    ridge = np.array([LEVEL, *(BELIEF for _ in FEATURES)]) ** -2.0

    def cost(guess: NDArray[np.float64]) -> float:
        share = 1 / 6 + 1 / 2 / (1 + np.exp(-rows @ guess))
        helped, whole = counts[:, 0], counts.sum(axis=1)
        fits = helped * np.log(share) + (whole - helped) * np.log(1 - share)
        return float(-fits.sum() + (ridge * guess**2).sum() / 2)

    fit = fitted(heard)

    assert fit is not None
    assert fit.best == pytest.approx(minimize(cost, np.zeros(5), tol=1e-10).x, abs=1e-3)


def test_without_answers_everything_stays_as_open_as_it_was_believed() -> None:
    fit = fitted(Heard(counts=((0, 0, 0),) * BUCKETS, noise=0.0))

    assert fit is not None
    assert fit.best == (0.0,) * 5
    spread = [sqrt(fit.variance[at][at]) for at in range(5)]
    assert spread == pytest.approx([LEVEL, *(BELIEF for _ in FEATURES)])


def test_a_feature_that_no_pair_has_stays_open_beside_others_that_are_known() -> None:
    counts = tuple((0, 0, 0) if bucket & 1 else (150, 80, 60) for bucket in range(BUCKETS))

    fit = fitted(Heard(counts=counts, noise=0.0))

    assert fit is not None
    assert sqrt(fit.variance[1][1]) == pytest.approx(BELIEF, rel=0.01)
    assert sqrt(fit.variance[2][2]) < BELIEF / 3


@settings(deadline=None, max_examples=60)
@given(anything, st.sampled_from([0.0, 4.0, 40.0]))
def test_whatever_noise_has_left_it_ends_with_numbers_or_says_nothing(
    counts: list[tuple[int, int, int]], noise: float
) -> None:
    fit = fitted(Heard(counts=tuple(counts), noise=noise))

    if fit is not None:
        assert all(map(isfinite, fit.best))
        assert all(fit.variance[at][at] > 0 for at in range(5))


@pytest.mark.parametrize("counts", [(4_000, 0, 0), (0, 0, 4_000), (0, 4_000, -4_000)])
def test_answers_that_chance_would_never_leave_end_with_numbers(
    counts: tuple[int, int, int],
) -> None:
    for other in (counts, counts[::-1]):
        rows = tuple(counts if bucket & 1 else other for bucket in range(BUCKETS))
        fit = fitted(Heard(counts=rows, noise=0.0))
        assert fit is not None
        assert all(map(isfinite, fit.best))


def test_an_inverse_undoes_its_matrix() -> None:
    rows = np.random.default_rng(1).normal(size=(9, 5))
    matrix = tuple(map(tuple, (rows.T @ rows + np.eye(5)).tolist()))

    assert np.allclose(product(matrix, inverse(matrix)), np.eye(5))
