"""Noise is drawn as it says, and the same again for the same question."""

import math
from collections import Counter
from fractions import Fraction

import pytest
from scipy.stats import chisquare

from matcher.domain.noise import Chance, KeyedChance, SystemChance, discrete_laplace

DRAWS = 20_000
SCALES = (Fraction(1, 2), Fraction(2), Fraction(7, 3), Fraction(20))


def probability(x: int, scale: Fraction) -> float:
    """Tell the share of x among many draws."""
    return math.tanh(1 / (2 * scale)) * math.exp(-abs(x) / scale)


@pytest.mark.parametrize("scale", SCALES, ids=str)
def test_noise_follows_the_discrete_laplace_distribution(scale: Fraction) -> None:
    chance = KeyedChance(b"key", f"draws {scale}".encode())
    found = Counter(discrete_laplace(scale, chance) for _ in range(DRAWS))

    likely = [x for x in range(-400, 401) if DRAWS * probability(x, scale) >= 5]
    expected = [DRAWS * probability(x, scale) for x in likely]
    observed = [found[x] for x in likely]
    rest = DRAWS - sum(expected)
    result = chisquare([*observed, DRAWS - sum(observed)], [*expected, rest])
    assert result.pvalue > 0.001


def test_a_wrong_distribution_would_be_found() -> None:
    scale = Fraction(2)
    chance = KeyedChance(b"key", b"wrong")
    found = Counter(discrete_laplace(scale * Fraction(11, 10), chance) for _ in range(DRAWS))

    likely = range(-12, 13)
    expected = [DRAWS * probability(x, scale) for x in likely]
    observed = [found[x] for x in likely]
    rest = DRAWS - sum(expected)
    result = chisquare([*observed, DRAWS - sum(observed)], [*expected, rest])
    assert result.pvalue < 0.001


def test_the_same_question_gets_the_same_noise_and_another_gets_another() -> None:
    def noises(key: bytes, question: bytes) -> list[int]:
        chance = KeyedChance(key, question)
        return [discrete_laplace(Fraction(20), chance) for _ in range(50)]

    assert noises(b"key", b"one") == noises(b"key", b"one")
    assert noises(b"key", b"one") != noises(b"key", b"other")
    assert noises(b"key", b"one") != noises(b"other key", b"one")


@pytest.mark.parametrize(
    "chance", [KeyedChance(b"key", b"dice"), SystemChance()], ids=["keyed", "system"]
)
def test_numbers_below_a_bound_are_all_as_likely(chance: Chance) -> None:
    found = Counter(chance.below(6) for _ in range(6_000))

    assert set(found) == set(range(6))
    assert chisquare([found[x] for x in range(6)]).pvalue > 1e-6
    assert chance.below(1) == 0
