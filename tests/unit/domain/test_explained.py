"""Every rule says what it does, and every odd one is noticed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec import inspect

from matcher.domain.doubts import LONGEST_STAY, doubts
from matcher.domain.explained import explained
from matcher.domain.needs import NeedId
from matcher.domain.profile import ADULTS, AgeBand
from matcher.domain.rules import (
    AcuteGuard,
    Musts,
    Objective,
    OfferRules,
    PeerRules,
    Priority,
    Relaxation,
    Rules,
    Similarity,
    Term,
    Weights,
)
from matcher.engine.parts import SAID
from matcher.settings.load import load
from matcher.settings.rules_file import RulesFile

WEEK = timedelta(days=7)
GOOD = Rules(
    relax=(Relaxation(after=WEEK, floor=0.1, drops=frozenset({Term.HELP})),),
    offers=OfferRules(draw_among=3),
)


def keys(info: inspect.Type, above: str = "") -> Iterator[str]:
    """Name every key that a rules file has."""
    assert isinstance(info, inspect.StructType)
    for field in info.fields:
        name = f"{above}{field.encode_name}"
        if isinstance(field.type, inspect.StructType):
            yield from keys(field.type, f"{name}.")
        else:
            yield name


def texts(rules: Rules) -> dict[str, str]:
    return {rule.key: rule.says.told() for rule in explained(rules)}


def found(rules: Rules) -> list[str]:
    return [".".join(str(step) for step in doubt.path) for doubt in doubts(rules)]


def test_every_key_of_a_rules_file_has_its_sentence() -> None:
    told = texts(GOOD)

    for key in keys(inspect.type_info(RulesFile)):
        assert any(name == key or name.startswith(f"{key}.") for name in told), key


@pytest.mark.parametrize("rules", [Rules(), GOOD, Rules(musts=Musts(ages={}))])
def test_sentences_are_whole_and_hold_no_open_place(rules: Rules) -> None:
    for sentence in texts(rules).values():
        assert re.fullmatch(r"[A-Z].*\.", sentence)
        assert "%(" not in sentence


def test_a_rule_says_its_value() -> None:
    told = texts(replace(GOOD, floor=0.35, offers=OfferRules(a_day=1)))

    assert told["offers.a_day"] == "A peer gets at most 1 suggestion a day."
    assert "35 % of what was said" in told["floor.said"]
    assert told["relax.1"] == (
        "After 7 days of waiting, 10 % of what was said is enough, and this no longer counts: "
        "the kind of help that is asked for."
    )


def test_sentences_promise_no_more_than_a_round_does() -> None:
    told = texts(replace(GOOD, priority=Priority(rare_needs=0.25)))

    assert told["priority.rare_needs"].startswith("A rare need adds up to 25 % to the priority")
    assert f"to which what was said adds {SAID:g} at most" in told["weights.stage"]
    assert "who suit a seeker best, after what others need" in told["offers.draw_among"]
    assert "a peer is paused: not asked any more" in told["peers.missed_before_pause"]


def test_a_step_is_in_doubt_from_the_longest_stay_of_the_settings_on() -> None:
    step = Relaxation(after=LONGEST_STAY - timedelta(hours=1), floor=0.1)

    assert load({}).lifetimes.place_most == LONGEST_STAY
    assert found(replace(GOOD, relax=(step,))) == []


def test_no_two_values_of_a_choice_say_the_same() -> None:
    aims = {texts(Rules(objective=one))["objective.aim"] for one in Objective}
    guards = {texts(Rules(musts=Musts(acute_guard=g)))["musts.acute_guard"] for g in AcuteGuard}

    assert len(aims) == len(Objective)
    assert len(guards) == len(AcuteGuard)


def test_good_rules_leave_nothing_to_look_at() -> None:
    assert found(GOOD) == []


WITHOUT_OLD = dict.fromkeys(ADULTS - {AgeBand.FROM_60}, ADULTS)
FOR_MINORS = {**dict.fromkeys(ADULTS, ADULTS), AgeBand.YOUTH: ADULTS}
NOT_BY_OLD = dict.fromkeys(ADULTS, ADULTS - {AgeBand.FROM_60})
TWICE = (
    Relaxation(after=WEEK, drops=frozenset({Term.HELP})),
    Relaxation(after=2 * WEEK, drops=frozenset({Term.HELP})),
)


@pytest.mark.parametrize(
    ("rules", "key"),
    [
        (replace(GOOD, musts=Musts(acute_guard=AcuteGuard.OFF)), "musts.acute_guard"),
        (replace(GOOD, musts=Musts(ages=WITHOUT_OLD)), "musts.ages"),
        (replace(GOOD, musts=Musts(ages=NOT_BY_OLD)), "musts.ages"),
        (replace(GOOD, musts=Musts(ages=FOR_MINORS)), "musts.ages.13-17"),
        (replace(GOOD, weights=Weights(stage=0.2, identity=0.2)), "weights"),
        (
            replace(GOOD, weights=Weights(needs={NeedId("work/money"): 0.0})),
            "weights.needs.work/money",
        ),
        (replace(GOOD, similarity=Similarity(unsaid_weight=0)), "similarity.unsaid_weight"),
        (replace(GOOD, similarity=Similarity(unsaid_weight=1)), "similarity.unsaid_weight"),
        (replace(GOOD, similarity=Similarity(full_from_peers=5)), "similarity.full_from_peers"),
        (replace(GOOD, floor=0.0, relax=()), "floor.said"),
        (replace(GOOD, floor=0.8, relax=(Relaxation(after=WEEK, floor=0.6),)), "floor.said"),
        (replace(GOOD, relax=TWICE), "relax.1.drops"),
        (replace(GOOD, weights=Weights(help=0.0)), "relax.0.drops"),
        (replace(GOOD, relax=(Relaxation(after=LONGEST_STAY, floor=0.1),)), "relax.0.after"),
        (
            replace(GOOD, relax=(), priority=Priority(waiting_bonus=0.0)),
            "priority.waiting_bonus",
        ),
        (replace(GOOD, offers=OfferRules(a_day=0, draw_among=3)), "offers.a_day"),
        (replace(GOOD, offers=OfferRules(a_day=11, draw_among=3)), "offers.a_day"),
        (replace(GOOD, offers=OfferRules(draw_among=1)), "offers.draw_among"),
        (
            replace(GOOD, offers=OfferRules(answer_within=timedelta(days=2), draw_among=3)),
            "offers.answer_within",
        ),
        (replace(GOOD, peers=PeerRules(capacity_ceiling=11)), "peers.capacity_ceiling"),
        (replace(GOOD, peers=PeerRules(hours_a_week=1)), "peers.hours_a_week"),
        (replace(GOOD, peers=PeerRules(missed_before_pause=6)), "peers.missed_before_pause"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_may_not_be_meant_is_noticed_where_it_stands(rules: Rules, key: str) -> None:
    assert found(rules) == [key]
    assert all(doubt.says.told().endswith(".") for doubt in doubts(rules))


def test_too_short_an_answer_names_who_would_miss_it() -> None:
    offers = OfferRules(answer_within=timedelta(days=2), draw_among=3)

    told = doubts(replace(GOOD, offers=offers))[0].says.told()

    assert told.startswith("Who looks in every 3 days will miss suggestions")
