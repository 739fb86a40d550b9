"""Randomised response: no answer is known, and the shares of many are read all the same."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import binomtest

from matcher.domain.outcomes import (
    CELLS,
    OPTIONS,
    WIDE,
    Question,
    estimates,
    needed,
    onto_simplex,
    randomised,
    unbiased,
)

ROUNDS = 400
THREE = OPTIONS[Question.HELPED]


class Drawn:
    """Chance that can be drawn again."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)

    def below(self, bound: int) -> int:
        """Draw from 0 to below `bound`."""
        return int(self._rng.integers(bound))


class Fixed:
    """Chance that gives what it was told to, in turn."""

    def __init__(self, *numbers: int) -> None:
        self._numbers = list(numbers)

    def below(self, bound: int) -> int:
        """Give the next number."""
        return self._numbers.pop(0) % bound


@pytest.mark.parametrize("options", OPTIONS.values())
def test_whatever_was_said_no_outcome_is_more_than_four_times_as_likely(
    options: tuple[str, ...],
) -> None:
    draws = [(0,), *((1, at) for at in range(len(options)))]
    weight = {0: Fraction(1, 2), 1: Fraction(1, 2) / len(options)}

    def likely(said: str) -> dict[str, Fraction]:
        found = dict.fromkeys(options, Fraction(0))
        for draw in draws:
            found[randomised(said, options, Fixed(*draw))] += weight[draw[0]]
        return found

    laws = [likely(said) for said in options]

    assert all(sum(law.values()) == 1 for law in laws)
    ratios = [one[o] / other[o] for one in laws for other in laws for o in options]
    assert max(ratios) == 1 + len(options) <= 4


def test_half_of_the_answers_stay() -> None:
    chance = Drawn(3)

    kept = sum(randomised("yes", THREE, chance) == "yes" for _ in range(6_000))

    assert binomtest(kept, 6_000, 2 / 3).pvalue > 0.001


@pytest.mark.parametrize("noise", [0.0, 9.0])
@pytest.mark.parametrize("true", [(0.6, 0.3, 0.1), (1.0, 0.0, 0.0)])
def test_intervals_hold_the_true_shares_about_95_times_of_100(
    true: tuple[float, ...], noise: float
) -> None:
    rng, chance = np.random.default_rng(5), Drawn(6)
    held, guesses = 0, []
    for _ in range(ROUNDS):
        said = rng.choice(THREE, size=250, p=true)
        counts = Counter(randomised(str(one), THREE, chance) for one in said)
        moved = rng.normal(0, noise, 3) if noise else np.zeros(3)
        noised = {o: counts[o] + round(m) for o, m in zip(THREE, moved, strict=True)}
        told = estimates(noised, noise=noise)
        assert told is not None
        guesses.append(told["yes"].best)
        held += all(
            told[option].low <= share + 1e-9 and share - 1e-9 <= told[option].high
            for option, share in zip(THREE, true, strict=True)
        )

    assert held / ROUNDS > 0.85  # all three at once
    assert abs(float(np.mean(guesses)) - true[0]) < 0.06


def drawn_counts(true: tuple[float, ...], noise: float, *, seed: int) -> list[dict[str, int]]:
    """Draw what many tell, tossed and noised, some hundred times."""
    rng, found = np.random.default_rng(seed), []
    for _ in range(ROUNDS):
        tossed = rng.multinomial(250, [share / 2 + 1 / 6 for share in true])
        moved = tossed + np.rint(rng.normal(0, noise, 3)).astype(int)
        found.append(dict(zip(THREE, map(int, moved), strict=True)))
    return found


@pytest.mark.parametrize("noise", [0.0, 9.0])
@pytest.mark.parametrize("true", [(0.5, 0.5, 0.0), (1.0, 0.0, 0.0), (0.4, 0.3, 0.3)])
def test_what_is_told_adds_up_to_a_hundred_and_is_never_farther_from_the_truth(
    true: tuple[float, ...], noise: float
) -> None:
    added_up = []
    for counts in drawn_counts(true, noise, seed=11):
        told, free = estimates(counts, noise=noise), unbiased(counts)
        assert told is not None
        best = [told[option].best for option in THREE]
        raw = [free[option] for option in THREE]
        added_up.append(sum(min(1.0, max(0.0, share)) for share in raw))

        assert min(best) >= 0
        assert sum(best) == pytest.approx(1)
        assert sum(raw) == pytest.approx(1)
        assert np.linalg.norm(np.subtract(best, true)) <= 1e-9 + np.linalg.norm(
            np.subtract(raw, true)
        )
        for option in THREE:
            share = told[option]
            assert share.low <= share.best <= share.high

    if 0.0 in true:  # else what this mends would be seen by no test
        assert max(added_up) > 1.05


@pytest.mark.parametrize("true", [(0.5, 0.5, 0.0), (1.0, 0.0, 0.0)])
def test_what_is_computed_with_stays_right_on_average_where_what_is_told_cannot(
    true: tuple[float, ...],
) -> None:
    every = drawn_counts(true, 9.0, seed=12)
    raw = np.array([list(unbiased(counts).values()) for counts in every])
    told = np.array([list(onto_simplex(unbiased(counts)).values()) for counts in every])

    errors = raw.std(axis=0) / len(every) ** 0.5
    assert (np.abs(raw.mean(axis=0) - true) < 4 * errors).all()
    assert told.mean(axis=0)[2] > 4 * errors[2]


def test_no_interval_is_narrower_than_that_of_the_unbiased_share() -> None:
    for counts in drawn_counts((0.5, 0.5, 0.0), 9.0, seed=13):
        told, free = estimates(counts, noise=9.0), unbiased(counts)
        assert told is not None
        for option in THREE:
            seen = min(1.0, max(0.0, counts[option] / sum(counts.values())))
            spread = seen * (1 - seen) / sum(counts.values())
            half = 1.96 * spread**0.5 * 2
            assert told[option].low <= max(0.0, free[option] - half) + 1e-3
            assert told[option].high >= min(1.0, free[option] + half) - 1e-3


def test_what_hardly_anybody_said_is_never_told_as_certain() -> None:
    """Chance may put an answer far below nothing: its interval is as wide as its doubt."""
    told = estimates({"yes": 250, "somewhat": 30, "no": 2}, noise=3.0)

    assert told is not None
    assert unbiased({"yes": 250, "somewhat": 30, "no": 2})["no"] < -0.1
    assert (told["no"].low, told["no"].best) == (0.0, 0.0)
    assert told["no"].high > 0.01
    assert told["yes"].low < told["yes"].best


@pytest.mark.parametrize(
    ("shares", "nearest"),
    [
        ((0.2, 0.3, 0.5), (0.2, 0.3, 0.5)),
        ((0.55, 0.55, -0.1), (0.5, 0.5, 0.0)),
        ((1.4, -0.1, -0.3), (1.0, 0.0, 0.0)),
        ((0.9, 0.2, -0.1), (0.85, 0.15, 0.0)),
    ],
)
def test_the_nearest_shares_are_found(
    shares: tuple[float, ...], nearest: tuple[float, ...]
) -> None:
    found = onto_simplex(dict(zip(THREE, shares, strict=True)))

    assert list(found.values()) == pytest.approx(nearest)


def test_as_many_as_are_needed_are_right_within_ten_of_a_hundred() -> None:
    for noise in (0.0, 9.0):
        n = needed(2, noise=noise)
        enough = estimates({"yes": n // 2, "no": n - n // 2}, noise=noise)
        fewer = estimates({"yes": n // 4, "no": n // 4}, noise=noise)

        assert enough is not None
        assert fewer is not None
        assert enough["yes"].high - enough["yes"].low <= 2 * WIDE + 1e-9
        assert fewer["yes"].high - fewer["yes"].low > 2 * WIDE
        assert n % 5 == 0


def test_nothing_is_told_of_few() -> None:
    assert estimates({"yes": 5, "no": 5}, noise=0) is None
    assert estimates({"yes": 20, "no": 20}, noise=20) is None


def test_each_answer_of_each_side_has_a_cell() -> None:
    assert len(set(CELLS)) == len(CELLS) == 7 + 5
