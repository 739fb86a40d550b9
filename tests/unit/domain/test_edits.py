"""What a peer's changed answers do at once, and what they do later."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.barriers import Pair, allows
from matcher.domain.edits import Edit, edited
from matcher.domain.needs import MAX_NEVER, NeedId
from matcher.domain.profile import (
    AgeBand,
    Experience,
    Format,
    Help,
    Identity,
    Language,
    Lived,
    Manner,
    PeerProfile,
    Region,
    SeekerProfile,
    Since,
    Wishes,
)
from matcher.domain.rules import Musts
from tests.builders import catalogue, peer, seeker

HOME, WORK, LAW = NeedId("life/home"), NeedId("life/work"), NeedId("law/court")
NEEDS = catalogue(HOME, WORK, LAW, formal_first=(LAW,))
VERY = Experience(lived=Lived.VERY)
OLD = replace(
    peer(HOME, WORK),
    languages=frozenset({Language("en"), Language("ar")}),
    trained=frozenset({LAW}),
    opted_in=frozenset({LAW}),
    identity=frozenset({Identity.WOMAN, Identity.MIGRANT}),
    manner=frozenset({Manner.OWN_STORY}),
    region=Region("nile"),
)

WIDER = {
    "another need": {"lived": {**OLD.lived, LAW: VERY}},
    "another language": {"languages": OLD.languages | {Language("fr")}},
    "another kind of help": {"help": OLD.help | {Help.STEADY}},
    "who they are": {"identity": OLD.identity | {Identity.FAITH}},
    "lived more": {"lived": {**OLD.lived, HOME: Experience(lived=Lived.A_LITTLE)}},
    "a manner less": {"manner": frozenset()},
}
NARROWER = {
    "a topic never": {"never": frozenset({HOME})},
    "a need dropped": {"lived": {WORK: VERY}},
    "a need not at all": {"lived": {WORK: VERY, HOME: Experience(lived=Lived.NOT_AT_ALL)}},
    "in the middle of it now": {
        "lived": {WORK: VERY, HOME: Experience(lived=Lived.VERY, since=Since.NOW)}
    },
    "a language less": {"languages": frozenset({Language("ar")})},
    "not listening": {"help": frozenset()},
    "live only": {"format": Format.LIVE},
    "some hours only": {"day_blocks": frozenset({1})},
    "encrypted only": {"relay_ok": False},
    "careful topics no more": {"opted_in": frozenset()},
    "an identity less": {"identity": frozenset({Identity.WOMAN})},
    "a manner more": {"manner": frozenset(Manner)},
}
CORRECTED = {
    "age": {"age": AgeBand.FROM_40},
    "gender": {"identity": frozenset({Identity.MAN})},
    "part of the world": {"region": Region("gulf")},
    "every language": {"languages": frozenset({Language("fr")})},
}
FREE = {
    "capacity": {"capacity": 4},
    "rest": {"rest": timedelta(days=2)},
}


def _edited(changes: dict[str, object], *, is_settled: bool = True) -> Edit:
    wanted = replace(OLD, **changes)  # type: ignore[arg-type]  # fields of one table
    return edited(OLD, OLD, wanted, is_settled=is_settled)


@pytest.mark.parametrize("changes", WIDER.values(), ids=WIDER)
def test_what_is_added_counts_later_and_takes_nothing_back(changes: dict[str, object]) -> None:
    edit = _edited(changes)

    assert edit.at_once.lived == OLD.lived
    assert replace(edit.at_once, manner=OLD.manner) == OLD
    assert edit.later == replace(OLD, **changes)  # type: ignore[arg-type]  # as above
    assert (edit.takes_away, edit.is_quiet, edit.is_new) == (False, False, True)


@pytest.mark.parametrize("changes", NARROWER.values(), ids=NARROWER)
def test_what_is_taken_away_counts_at_once_and_lets_nobody_else_fit_better(
    changes: dict[str, object],
) -> None:
    edit = _edited(changes)

    assert edit.takes_away
    assert not edit.is_quiet
    assert edit.at_once.lived == OLD.lived


@pytest.mark.parametrize("changes", NARROWER.values(), ids=NARROWER)
def test_whoever_takes_away_twice_in_a_day_is_asked_nothing(changes: dict[str, object]) -> None:
    assert _edited(changes, is_settled=False).is_quiet


@pytest.mark.parametrize("changes", CORRECTED.values(), ids=CORRECTED)
def test_who_corrects_what_others_rule_out_is_asked_nothing(changes: dict[str, object]) -> None:
    edit = _edited(changes)

    assert edit.is_quiet
    assert edit.takes_away


@pytest.mark.parametrize("changes", FREE.values(), ids=FREE)
def test_what_decides_nothing_about_whom_they_meet_counts_at_once(
    changes: dict[str, object],
) -> None:
    edit = _edited(changes, is_settled=False)

    assert edit.at_once == replace(OLD, **changes)  # type: ignore[arg-type]  # as above
    assert edit.later is None
    assert (edit.takes_away, edit.is_quiet, edit.is_new) == (False, False, False)


def test_taking_an_edit_back_leaves_what_counts() -> None:
    said = replace(OLD, lived={**OLD.lived, LAW: VERY})

    edit = edited(OLD, said, OLD, is_settled=False)

    assert edit.at_once == OLD
    assert edit.later is None
    assert edit.is_new


SEEKERS = (
    seeker(HOME),
    seeker(WORK, HOME),
    seeker(LAW),
    replace(seeker(WORK), languages=frozenset({Language("fr")})),
    replace(seeker(WORK), languages=frozenset({Language("ar")}), format=Format.LIVE),
    replace(seeker(WORK), wishes=Wishes(identity_only=frozenset({Identity.MIGRANT}))),
    replace(seeker(WORK), wishes=Wishes(gender_not=frozenset({Identity.MAN}))),
    replace(seeker(WORK), wishes=Wishes(manner_not=frozenset({Manner.OFFICIAL}))),
)


@pytest.mark.parametrize("who", SEEKERS, ids=range(len(SEEKERS)))
@pytest.mark.parametrize("changes", [*WIDER.values(), *NARROWER.values()])
def test_until_it_counts_nobody_is_met_whom_the_old_answers_ruled_out(
    who: SeekerProfile, changes: dict[str, object]
) -> None:
    def may_meet(one: PeerProfile) -> bool:
        return allows(Pair(seeker=who, peer=one, needs=NEEDS, musts=Musts()))

    if may_meet(_edited(changes).at_once):
        assert may_meet(OLD)


def test_who_rules_out_more_than_anybody_may_is_asked_nothing_until_all_counts() -> None:
    """To tell much and take it back would leave only whom they look for."""
    many = [NeedId(f"life/many-{at}") for at in range(MAX_NEVER + 1)]
    lived = dict.fromkeys((HOME, *many), VERY)
    old = replace(OLD, lived=lived)

    some = edited(
        old, old, replace(old, lived=dict.fromkeys((HOME, many[0]), VERY)), is_settled=True
    )
    most = edited(old, old, replace(old, lived={HOME: VERY}), is_settled=True)

    assert len(some.at_once.never) == MAX_NEVER
    assert not some.is_quiet
    assert most.is_quiet
