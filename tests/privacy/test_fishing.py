"""Hostile people who fish for one whom they know: what each guard takes from them.

A short form of `poe bench-fishing`.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from matcher.settings.load import load
from tests.bench.baits import NEEDS, Hostile, Waters
from tests.bench.fishing import fish
from tests.bench.guessing import gain, has_seen, has_seen_again, rate
from tests.bench.lures import Asks
from tests.bench.seeking import seek

RULES = load({"HOME": str(Path("/nowhere"))}).rules
GUARDED = Waters(rules=RULES)
TOLD = replace(GUARDED, are_cards_common=False, most_never=len(NEEDS.all))
WATERS = {
    "guarded": GUARDED,
    "cards that tell all": replace(GUARDED, are_cards_common=False),
    "all topics ruled out": replace(GUARDED, most_never=len(NEEDS.all)),
    "told": TOLD,
    "told, edits at once": replace(TOLD, are_edits_late=False),
    "told, no draw": replace(
        TOLD, rules=replace(RULES, offers=replace(RULES.offers, draw_among=1))
    ),
}


@cache
def _weeks(waters: str, times: int = 6) -> tuple[Hostile, ...]:
    return tuple(one for seed in range(times) for one in fish(WATERS[waters], seed))


def test_an_edit_does_not_show_the_same_person_again() -> None:
    late = rate(_weeks("told"), has_seen_again, is_here=True)
    at_once = rate(_weeks("told, edits at once"), has_seen_again, is_here=True)

    assert late <= 0.4
    assert at_once >= late + 0.3


def test_the_draw_keeps_some_from_whoever_was_made_for_them() -> None:
    caught = rate(_weeks("told"), has_seen, is_here=True)

    assert caught <= rate(_weeks("told, no draw"), has_seen, is_here=True) - 0.1


@pytest.mark.parametrize("unguarded", ["cards that tell all", "all topics ruled out"])
def test_each_guard_takes_much_of_what_cards_would_tell(unguarded: str) -> None:
    """How much is left, and that it is more than was promised, the bench says."""
    assert gain(_weeks("guarded", 24)) <= gain(_weeks(unguarded, 24)) - 0.1


def test_no_wish_tells_a_hostile_seeker_who_is_a_peer() -> None:
    def gained(waters: Waters) -> float:
        return gain([one for seed in range(8) for one in seek(waters, Asks.ALL, seed)])

    assert gained(GUARDED) <= gained(replace(GUARDED, is_any_wish_met=True)) - 0.3
