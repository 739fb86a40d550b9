"""The draw among the best few: nobody loses a place, and nobody can be aimed at."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from numpy.typing import ArrayLike
from scipy.stats import chisquare

from matcher.domain.errors import InvalidMatrixError
from matcher.engine.lottery import NOBODY, redraw
from matcher.engine.matrices import Ints

DRAWS = 3_000


def catches(best: Ints, chosen: Ints, capacity: Ints) -> Ints:
    """Count how often the first seeker is drawn each of their best peers."""
    drawn = [redraw(chosen, best, capacity, np.random.default_rng(n))[0] for n in range(DRAWS)]
    counts: Ints = np.bincount(drawn, minlength=len(capacity))[best[0]]
    return counts


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 12), st.integers(1, 6), st.integers(1, 4))
def test_nobody_loses_a_place_and_no_capacity_is_passed(
    seed: int, n_seekers: int, n_peers: int, n_best: int
) -> None:
    rng = np.random.default_rng(seed)
    capacity = rng.integers(0, 3, n_peers)
    places = rng.permutation(np.repeat(np.arange(n_peers), capacity))[:n_seekers]
    chosen = np.full(n_seekers, NOBODY)
    chosen[: len(places)] = places
    best = np.array([rng.permutation(n_peers) for _ in range(n_seekers)]).reshape(-1, n_peers)
    best = np.where(rng.random(best.shape) < 0.3, NOBODY, best)[:, :n_best]

    drawn = redraw(chosen, best, capacity, rng)

    assert ((drawn == NOBODY) == (chosen == NOBODY)).all()
    assert (np.bincount(drawn[drawn != NOBODY], minlength=n_peers) <= capacity).all()
    for seeker in np.flatnonzero(drawn != chosen):
        assert drawn[seeker] in best[seeker]


def test_a_crafted_profile_catches_one_person_only_by_chance_where_others_are_free() -> None:
    best, chosen = np.array([[0, 1, 2, 3]]), np.array([0])

    found = catches(best, chosen, np.ones(4, dtype=np.int64))

    assert chisquare(found).pvalue > 0.001


def test_a_crafted_profile_is_exchanged_with_others_where_nobody_is_free() -> None:
    best = np.tile(np.arange(4), (4, 1))

    found = catches(best, np.arange(4), np.ones(4, dtype=np.int64))

    assert chisquare(found).pvalue > 0.001


def test_peers_with_more_places_are_drawn_as_every_assignment_is_alike() -> None:
    best = np.array([[0, 1], [0, 1], [0, 1]])

    found = catches(best, np.array([0, 0, 1]), np.array([2, 1]))

    assert chisquare(found, np.array([2, 1]) / 3 * DRAWS).pvalue > 0.001


def test_in_a_whole_pool_one_person_is_caught_about_as_often_as_chance_allows() -> None:
    rng = np.random.default_rng(4)
    n_people, n_best = 300, 3
    best = np.array([rng.choice(n_people, n_best, replace=False) for _ in range(n_people)])
    best[0] = [7, 8, 9]
    chosen = np.full(n_people, NOBODY)
    free = np.ones(n_people, dtype=np.bool_)
    for seeker in range(n_people):  # first come, first served: the attacker gets the target
        wanted = [peer for peer in best[seeker] if free[peer]]
        if wanted:
            chosen[seeker] = wanted[0]
            free[wanted[0]] = False

    capacity = np.ones(n_people, dtype=np.int64)
    caught = sum(
        redraw(chosen, best, capacity, np.random.default_rng(n))[0] == 7 for n in range(600)
    )

    assert chosen[0] == 7
    assert caught / 600 < 1 / n_best + 0.1


def test_who_has_nobody_else_keeps_their_peer() -> None:
    drawn = redraw([2, 0], [[2, NOBODY], [NOBODY, NOBODY]], [1, 1, 1], np.random.default_rng(1))

    assert drawn.tolist() == [2, 0]


def test_a_peer_beyond_the_best_few_may_be_left_for_one_of_them() -> None:
    drawn = redraw([2], [[0, 1]], [1, 1, 1], np.random.default_rng(1))

    assert drawn[0] in {0, 1}


def test_the_same_seed_gives_the_same_draw() -> None:
    best = np.tile(np.arange(5), (5, 1))

    first, second = (redraw(range(5), best, [1] * 5, np.random.default_rng(9)) for _ in "12")

    assert first.tolist() == second.tolist()


def test_a_draw_changes_nothing_of_what_was_given() -> None:
    chosen = np.array([0, 1])

    redraw(chosen, [[1, 0], [0, 1]], [1, 1], np.random.default_rng(3))

    assert chosen.tolist() == [0, 1]


def test_nobody_and_no_peers_are_a_draw_too() -> None:
    assert redraw([], np.empty((0, 3), dtype=int), [], np.random.default_rng(1)).tolist() == []


@pytest.mark.parametrize(
    ("chosen", "best", "capacity"),
    [
        ([0, 0], [[0], [0]], [1]),
        ([1], [[0]], [1]),
        ([0], [[-2]], [1]),
        ([0], [[0], [0]], [1]),
        ([0], [0], [1]),
        ([0], [[0]], [-1]),
        ([0.5], [[0]], [1]),
        ([0], [[0]], [float("nan")]),
    ],
)
def test_what_does_not_fit_is_refused(
    chosen: ArrayLike, best: ArrayLike, capacity: ArrayLike
) -> None:
    with pytest.raises(InvalidMatrixError):
        redraw(chosen, best, capacity, np.random.default_rng(1))
