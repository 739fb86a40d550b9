"""Every key of the rules either guards people one way, or no way at all."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from matcher.domain.changes import changes
from matcher.domain.explained import explained
from matcher.domain.loosening import Guard, loosened
from matcher.domain.needs import NeedId
from matcher.domain.profile import ADULTS, AgeBand
from matcher.domain.rules import AcuteGuard, Musts, Objective, Relaxation, Rules, Term

YOUNG = frozenset({AgeBand.YOUTH})
SOME = frozenset({AgeBand.FROM_18})
RULES = Rules(
    musts=Musts(ages={**dict.fromkeys(ADULTS, SOME), AgeBand.YOUTH: SOME}),
    relax=(Relaxation(after=timedelta(days=3), floor=0.1),),
)


def with_ages(band: AgeBand, peers: frozenset[AgeBand]) -> Rules:
    musts = replace(RULES.musts, ages={**RULES.musts.ages, band: peers})
    return replace(RULES, musts=musts)


def part(name: str, **values: Any) -> Rules:  # noqa: ANN401 - any value of that part
    return replace(RULES, **{name: replace(getattr(RULES, name), **values)})


AGES = {
    f"musts.ages.{band}": (
        with_ages(band, RULES.musts.ages[band] | YOUNG),
        with_ages(band, frozenset()),
        Guard.AGES,
    )
    for band in RULES.musts.ages
}
NEVER = frozenset({NeedId("work/money")})
HOUR = timedelta(hours=1)

GUARDING: dict[str, tuple[Rules, Rules, Guard]] = {
    **AGES,
    "musts.acute_guard": (
        part("musts", acute_guard=AcuteGuard.OFF),
        part("musts", acute_guard=AcuteGuard.EVERY),
        Guard.CRISIS,
    ),
    "similarity.full_from_peers": (
        part("similarity", full_from_peers=29),
        part("similarity", full_from_peers=31),
        Guard.GUESSES,
    ),
    "offers.a_day": (part("offers", a_day=4), part("offers", a_day=0), Guard.FISHING),
    "offers.repeat_after": (
        part("offers", repeat_after=HOUR),
        part("offers", repeat_after=timedelta(days=8)),
        Guard.FISHING,
    ),
    "offers.repeats": (part("offers", repeats=3), part("offers", repeats=0), Guard.FISHING),
    "peers.capacity_ceiling": (
        part("peers", capacity_ceiling=6),
        part("peers", capacity_ceiling=1),
        Guard.PEERS,
    ),
    "peers.missed_before_pause": (
        part("peers", missed_before_pause=3),
        part("peers", missed_before_pause=1),
        Guard.PEERS,
    ),
}

ONE_WAY: dict[str, tuple[Rules, Rules, Guard]] = {
    "similarity.never_infer": (RULES, part("similarity", never_infer=NEVER), Guard.GUESSES),
    "offers.draw_among": (RULES, part("offers", draw_among=2), Guard.FISHING),
    "peers.hours_a_week": (RULES, part("peers", hours_a_week=10), Guard.PEERS),
    "peers.rest_after_room": (RULES, part("peers", rest_after_room=HOUR), Guard.PEERS),
}
"""What the rules above guard least: from the second to the first is looser."""

WEIGHING: dict[str, Rules] = {
    "weights.main": part("weights", main=3.0),
    **{f"weights.{term}": part("weights", **{term.value: 0.2}) for term in Term},
    "weights.needs": part("weights", needs={NeedId("work/money"): 0.5}),
    "similarity.unsaid_weight": part("similarity", unsaid_weight=0.9),
    "floor.said": replace(RULES, floor=0.3),
    "relax.1": replace(RULES, relax=()),
    "priority.waiting_bonus": part("priority", waiting_bonus=0.9),
    "priority.rare_needs": part("priority", rare_needs=0.9),
    "objective.aim": replace(RULES, objective=Objective.FAIR),
    "offers.answer_within": part("offers", answer_within=HOUR),
}


def test_every_key_is_looked_at() -> None:
    told = {rule.key for rule in explained(RULES)}

    assert told == GUARDING.keys() | ONE_WAY.keys() | WEIGHING.keys()


@pytest.mark.parametrize("key", GUARDING)
def test_a_rule_that_guards_people_is_loosened_one_way_and_tightened_the_other(
    key: str,
) -> None:
    looser, tighter, guard = GUARDING[key]

    assert loosened(RULES, looser) == {key: guard}
    assert loosened(tighter, RULES) == {key: guard}
    assert loosened(looser, RULES) == loosened(RULES, tighter) == {}


@pytest.mark.parametrize("key", ONE_WAY)
def test_a_rule_that_guards_least_can_only_be_tightened(key: str) -> None:
    looser, tighter, guard = ONE_WAY[key]

    assert loosened(tighter, looser) == {key: guard}
    assert loosened(looser, tighter) == {}


@pytest.mark.parametrize("key", WEIGHING)
def test_a_rule_that_weighs_good_things_loosens_nothing_either_way(key: str) -> None:
    changed = WEIGHING[key]

    assert changes(RULES, changed)
    assert loosened(RULES, changed) == loosened(changed, RULES) == {}


def test_bands_that_are_added_loosen_even_where_others_are_taken_out() -> None:
    moved = with_ages(AgeBand.FROM_26, frozenset({AgeBand.FROM_60}))

    assert loosened(RULES, moved) == {"musts.ages.26-39": Guard.AGES}


PAIRS = [(tight, loose) for loose, tight, _ in [*GUARDING.values(), *ONE_WAY.values()]]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_what_is_loosened_is_among_the_changes_and_marked(old: Rules, new: Rules) -> None:
    marked = {one.key: one.loosens for one in changes(old, new) if one.loosens}

    assert marked
    assert marked == loosened(old, new)


def test_a_change_too_small_for_its_sentence_is_told_where_it_loosens() -> None:
    old = part("offers", repeat_after=timedelta(days=7, microseconds=1))

    (change,) = changes(old, RULES)

    assert change.loosens is Guard.FISHING
