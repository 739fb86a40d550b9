"""Whose match counts more where peers are scarce."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from numpy.typing import ArrayLike

from matcher.domain.errors import InvalidMatrixError
from matcher.domain.rules import Priority
from matcher.engine.priority import rarity, urgency

RULES = Priority(waiting_bonus=0.1, rare_needs=0.5)
TICKS = np.array([[True, False], [False, True], [False, False]])


def test_the_fewer_peers_know_a_need_the_rarer_it_is() -> None:
    known = np.zeros((50, 4), dtype=np.bool_)
    known[:, 0] = True
    known[:20, 1] = True
    known[:1, 2] = True

    found = rarity(known)

    assert found[0] == pytest.approx(0.0)
    assert 0 < found[1] < found[2] < 1


def test_a_need_that_no_peer_knows_brings_nobody_forward() -> None:
    assert rarity(np.zeros((5, 2), dtype=np.bool_)).tolist() == [0.0, 0.0]


def test_without_peers_nothing_is_rare() -> None:
    assert rarity(np.zeros((0, 2), dtype=np.bool_)).tolist() == [0.0, 0.0]


def test_waiting_and_rarity_are_added() -> None:
    found = urgency([0.0, 10.0, 10.0], TICKS, [1.0, 0.5], RULES)

    assert found.tolist() == pytest.approx([1.5, 2.25, 2.0])


def test_a_common_tick_beside_a_rare_one_takes_nothing_away() -> None:
    both = np.array([[True, True], [True, False]])

    found = urgency([0.0, 0.0], both, [1.0, 0.1], RULES)

    assert found[0] == found[1]


@given(st.integers(0, 2**32 - 1))
def test_nobody_ever_counts_less_than_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    known, ticks = rng.random((rng.integers(6), 4)) < 0.4, rng.random((7, 4)) < 0.4

    found = urgency(rng.uniform(-5, 50, 7), ticks, rarity(known), RULES)

    assert (found >= 1).all()
    assert np.isfinite(found).all()


@pytest.mark.parametrize(
    ("waited", "ticks", "rare", "rules"),
    [
        ([float("nan")] * 3, TICKS, [0.0, 0.0], RULES),
        ([0.0] * 2, TICKS, [0.0, 0.0], RULES),
        ([0.0] * 3, TICKS.astype(float), [0.0, 0.0], RULES),
        ([0.0] * 3, TICKS, [0.0, -0.1], RULES),
        ([0.0] * 3, TICKS, [0.0, float("nan")], RULES),
        ([0.0] * 3, TICKS, [0.0, 0.0], Priority(waiting_bonus=-1.0)),
        ([0.0] * 3, TICKS, [0.0, 0.0], Priority(rare_needs=float("nan"))),
    ],
)
def test_what_is_out_of_range_is_refused(
    waited: ArrayLike, ticks: ArrayLike, rare: ArrayLike, rules: Priority
) -> None:
    with pytest.raises(InvalidMatrixError):
        urgency(waited, ticks, rare, rules)


def test_a_row_is_no_table_of_peers() -> None:
    with pytest.raises(InvalidMatrixError, match="no table"):
        rarity(np.array([True, False]))
