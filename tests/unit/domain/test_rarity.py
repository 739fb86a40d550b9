"""Which need makes a mix rare, from noised sums of single needs."""

from collections.abc import Mapping

import pytest

from matcher.domain.needs import NeedId
from matcher.domain.rarity import better_left_out

LONELY, LOW, RARE, RARER = (NeedId(name) for name in ("lonely", "low", "rare", "rarer"))
SUMS = {LONELY: 200, LOW: 150, RARE: 12, RARER: 3, NeedId("rest"): 135}


def told(
    *mix: NeedId, sums: Mapping[NeedId, int] | None = None, doubt: float = 0.0
) -> NeedId | None:
    known = SUMS if sums is None else sums
    return better_left_out(
        mix, {str(need): count for need, count in known.items()}, doubt=doubt
    )


def test_the_need_that_makes_a_mix_rare_is_named() -> None:
    assert told(LONELY, RARER) == RARER
    assert told(RARER, LONELY, LOW) == RARER


def test_a_mix_of_frequent_needs_is_not_rare() -> None:
    assert told(LONELY, LOW) is None


def test_where_leaving_out_one_does_not_help_nothing_is_said() -> None:
    assert told(RARE, RARER, LOW) is None


@pytest.mark.parametrize("mix", [(), (RARER,)])
def test_without_a_mix_nothing_is_said(mix: tuple[NeedId, ...]) -> None:
    assert told(*mix) is None


def test_with_too_few_people_nothing_is_said() -> None:
    few = {LONELY: 10, LOW: 9, RARER: 0}

    assert told(LONELY, RARER, sums=few) is None
    assert told(LONELY, RARER, sums={**few, LONELY: 11}) == RARER


def test_as_few_as_noise_could_make_look_like_many_count_as_few() -> None:
    assert told(LONELY, RARER, doubt=5 * (200 - 11)) == RARER
    assert told(LONELY, RARER, doubt=5 * (200 - 11) + 1) is None


def test_noise_below_nought_counts_as_nought_and_what_is_not_known_too() -> None:
    assert told(LONELY, RARER, sums={**SUMS, RARER: -9}) == RARER
    assert told(LONELY, NeedId("new")) == "new"


def test_without_sums_nothing_is_said() -> None:
    assert told(LONELY, RARER, sums={}) is None
