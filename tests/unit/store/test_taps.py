"""Which counts of taps an operator is told: none that is small, none that could be noise."""

import pytest

from matcher.store.taps import Tapped, tapped


@pytest.mark.parametrize(
    ("noised", "doubt", "about"),
    [
        (-40, 3, None),
        (10, 3, None),
        (12, 3, None),
        (13, 3, 15),
        (20, 21, None),
        (21, 21, 20),
    ],
)
def test_small_counts_and_such_as_noise_could_make_are_not_told(
    noised: int, doubt: int, about: int | None
) -> None:
    assert tapped(noised, doubt) == Tapped(about=about, give_or_take=doubt)
