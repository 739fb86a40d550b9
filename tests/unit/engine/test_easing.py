"""What is asked less strictly after a wait."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, strategies as st

from matcher.domain.errors import InvalidMatrixError
from matcher.domain.rules import Relaxation, Rules, Term
from matcher.engine.easing import days_waited, eased
from matcher.engine.terms import TERMS

STRICT = Rules(floor=0.3)
TWO_STEPS = replace(
    STRICT,
    relax=(
        Relaxation(after=timedelta(days=3), floor=0.2, drops=frozenset({Term.NEARNESS})),
        Relaxation(after=timedelta(days=7), drops=frozenset({Term.STAGE, Term.HELP})),
    ),
)


def test_terms_stand_in_the_order_in_which_scores_add_them() -> None:
    assert tuple(Term) == TERMS


def test_without_steps_everybody_is_asked_the_same() -> None:
    found = eased([0.0, 100.0], STRICT)

    assert found.floor.tolist() == [0.3, 0.3]
    assert found.terms.tolist() == [[0.05, 0.05, 0.05, 0.03]] * 2


def test_steps_take_effect_at_their_moment_and_add_up() -> None:
    found = eased([2.9, 3.0, 7.0], TWO_STEPS)

    assert found.floor.tolist() == [0.3, 0.2, 0.2]
    assert found.terms.tolist() == [
        [0.05, 0.05, 0.05, 0.03],
        [0.05, 0.05, 0.05, 0.0],
        [0.0, 0.0, 0.05, 0.0],
    ]


@given(st.lists(st.floats(0, 60), max_size=20))
def test_nobody_is_asked_more_for_having_waited_longer(days: list[float]) -> None:
    found = eased(sorted(days), TWO_STEPS)

    assert (np.diff(found.floor) <= 0).all()
    assert (np.diff(found.terms, axis=0) <= 0).all()


def test_a_clock_that_was_set_back_counts_as_no_wait() -> None:
    assert days_waited([-2.0, 1.0]).tolist() == [0.0, 1.0]


def test_nobody_at_all_is_nobody_eased() -> None:
    found = eased([], TWO_STEPS)

    assert found.floor.shape == (0,)
    assert found.terms.shape == (0, 4)


@pytest.mark.parametrize("wrong", [[float("nan")], [float("inf")], [[1.0]], ["soon"]])
def test_days_that_are_no_days_are_refused(wrong: list[object]) -> None:
    with pytest.raises(InvalidMatrixError, match="days of waiting"):
        days_waited(wrong)  # type: ignore[arg-type]  # the mistake under test
