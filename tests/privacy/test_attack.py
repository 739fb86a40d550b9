"""The attacker of promise 4 says how far chance alone moves what they find."""

import numpy as np
import pytest

from matcher.engine.matrices import Floats
from tests.privacy.attack import Side, attack

PEOPLE, TIMES = 240, 300


def told(rng: np.random.Generator, one: Floats, other: Floats) -> tuple[float, float]:
    """Deal partners out anew; returns what is told apart, and what chance explains of it."""
    classes = np.arange(PEOPLE) % 20
    dealt = rng.permutation(PEOPLE)
    known = np.arange(PEOPLE) >= PEOPLE // 2
    sides = [Side(names=("a", "b"), rows=rows) for rows in (one, other[dealt])]
    result = attack(sides[0], sides[1], known=known, classes=classes)
    return result.told_apart, result.error


@pytest.mark.parametrize("values", [2, 1_000])
def test_chance_moves_what_is_told_apart_as_far_as_is_said(values: int) -> None:
    rng = np.random.default_rng(3)
    one, other = (rng.integers(values, size=(PEOPLE, 2)).astype(float) for _ in range(2))

    found = np.array([told(rng, one, other) for _ in range(TIMES)])

    shares, errors = found[:, 0], found[:, 1]
    assert abs(shares.mean() - 0.5) < 5 * shares.std() / TIMES**0.5
    assert 0.85 < errors.mean() / shares.std() < 1.15
