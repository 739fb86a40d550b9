"""Shares with intervals that hold what they say."""

import numpy as np
import pytest

from matcher.domain.shares import are_apart, share_beside, share_of

ROUNDS = 600


@pytest.mark.parametrize("noise", [0.0, 8.0])
@pytest.mark.parametrize("true", [0.03, 0.3, 0.7])
def test_an_interval_holds_the_true_share_about_95_times_of_100(
    true: float, noise: float
) -> None:
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(ROUNDS):
        whole = 300
        part = rng.binomial(whole, true)
        moved = rng.normal(0, noise, 2) if noise else (0.0, 0.0)
        told = share_of(part + moved[0], whole + moved[1], noise=noise)
        assert told is not None
        held += told.low <= true <= told.high

    assert held / ROUNDS > 0.92


@pytest.mark.parametrize("true", [0.03, 0.5, 0.9])
def test_so_does_that_of_a_part_and_what_is_left_each_noised_apart(true: float) -> None:
    rng = np.random.default_rng(2)
    held = 0
    for _ in range(ROUNDS):
        part = rng.binomial(300, true)
        moved = rng.normal(0, 9.0, 2)
        told = share_beside(part + moved[0], 300 - part + moved[1], noise=9.0)
        assert told is not None
        held += told.low <= true <= told.high

    assert 0.92 < held / ROUNDS < 0.985


def test_nothing_is_said_of_few_and_of_what_may_be_noise_alone() -> None:
    assert share_of(5, 10, noise=0) is None
    assert share_of(5, 60, noise=30) is None
    assert share_of(30, 60, noise=0) is not None


def test_a_share_is_never_certain_nor_outside_its_bounds() -> None:
    told = share_of(-3, 50, noise=2)

    assert told is not None
    assert (told.low, told.best) == (0, 0)
    assert 0 < told.high < 1


def test_shares_are_apart_only_when_chance_explains_it_badly() -> None:
    low, near, high = (share_of(part, 200, noise=0) for part in (60, 66, 120))

    assert low is not None
    assert near is not None
    assert high is not None
    assert are_apart(low, high)
    assert not are_apart(low, near)
    assert not are_apart(high, low)
