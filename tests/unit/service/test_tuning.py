"""Tuning the rules, as a console or a command asks for it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.domain.errors import SettingsError, StaleRulesError
from matcher.domain.loosening import Guard
from matcher.domain.versions import Publication
from matcher.service.tuning import Tuning
from matcher.settings.load import config_folder, load
from matcher.state.rules_history import MOST_TEXT

TEXT = (config_folder({}) / "rules.toml").read_text("utf-8")
AT = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
TIRED = TEXT.replace("a_day = 3", "a_day = 2")
LOOSE = TEXT.replace("a_day = 3", "a_day = 5")


@pytest.fixture
def tuning(tmp_path: Path) -> Tuning:
    return Tuning(load({"SANAD_STATE_DIR": str(tmp_path)}), lambda: AT)


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def wanted(text: str) -> Publication:
    return Publication(text=text, reason="peers are tired", who="ana")


def test_every_table_that_is_wrong_is_told_with_its_line(tuning: Tuning) -> None:
    text = (
        TEXT.replace("a_day = 3", "a_day = 51")
        .replace("main = 2.0", "main = 0.5")
        .replace("[objective]", "[objektive]")
    )

    found = tuning.check(text).faults

    assert [(fault.line, fault.key) for fault in found if fault.key] == [
        (line_of(text, "main = 0.5"), "weights.main"),
        (line_of(text, "[objektive]"), "objektive"),
        (line_of(text, "a_day = 51"), "offers.a_day"),
    ]


@pytest.mark.parametrize("floors", [("0.1", "0.05", "0.02"), ("0.5", "0.4", "0.3")])
def test_a_mistake_makes_no_other_table_look_wrong(
    tuning: Tuning, floors: tuple[str, str, str]
) -> None:
    said, *steps = floors
    text = TEXT.replace("said = 0.2", f"said = {said}").replace("a_day = 3", "a_day = 51")
    for old, new in zip(("floor = 0.15", "floor = 0.1\n"), steps, strict=True):
        text = text.replace(old, f"floor = {new}\n")

    assert [fault.key for fault in tuning.check(text).faults] == ["offers.a_day"]


def test_what_stands_in_no_table_is_told_too(tuning: Tuning) -> None:
    (fault,) = tuning.check(TEXT.replace("[floor]", "").replace("said = 0.2", "")).faults

    assert "floor" in fault.reason


@pytest.mark.parametrize("text", ["", "a = ", "#" * (MOST_TEXT + 1)])
def test_a_draft_that_is_no_rules_file_is_told_so(tuning: Tuning, text: str) -> None:
    draft = tuning.check(text)

    assert draft.faults
    assert draft.rules is None


def test_a_draft_says_what_it_would_change_and_whether_it_loosens(tuning: Tuning) -> None:
    tired, loose = tuning.check(TIRED), tuning.check(LOOSE)

    (change,) = tired.changes
    assert change.key == "offers.a_day"
    assert change.after is not None
    assert change.after.told() == "A peer gets at most 2 suggestions a day."
    assert not tired.loosens
    assert loose.loosens == {Guard.FISHING}


def test_a_doubtful_draft_is_told_with_its_line(tuning: Tuning) -> None:
    text = TEXT.replace("a_day = 3", "a_day = 0")

    ((line, doubt),) = tuning.check(text).doubts

    assert (line, doubt.path) == (line_of(text, "a_day = 0"), ("offers", "a_day"))


def test_going_back_publishes_the_old_version_anew(tuning: Tuning) -> None:
    tuning.publish(wanted(TIRED), after=1)

    tuning.roll_back(1, reason="too few", who="ben", after=2)

    assert [(one.number, one.text) for one in tuning.history()] == [
        (3, TEXT),
        (2, TIRED),
        (1, TEXT),
    ]
    assert (tuning.current().who, tuning.current().reason) == ("ben", "too few")
    assert [one.key for one in tuning.changes(2, 3)] == ["offers.a_day"]


def test_who_has_not_seen_the_newest_version_publishes_nothing(tuning: Tuning) -> None:
    tuning.publish(wanted(TIRED), after=1)

    with pytest.raises(StaleRulesError):
        tuning.publish(wanted(LOOSE), after=1)

    assert tuning.current().text == TIRED


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_a_version_that_never_was_is_told_so(tuning: Tuning, number: int) -> None:
    with pytest.raises(SettingsError, match="no version"):
        tuning.version(number)


def test_a_version_taken_out_can_be_put_in_again(tuning: Tuning) -> None:
    tuning.publish(wanted(TIRED), after=1)

    assert tuning.check(tuning.version(1).text).faults == ()


def test_the_presets_can_be_used_as_they_are(tuning: Tuning) -> None:
    found = {name: tuning.check(text).faults for name, text in tuning.presets().items()}

    assert len(found) == 5
    assert not any(found.values())


def test_where_the_newest_version_went_wrong_a_draft_is_held_against_the_one_before(
    tuning: Tuning, tmp_path: Path
) -> None:
    tuning.publish(wanted(TIRED), after=1)
    file = tmp_path / "rules-main.json"
    file.write_text(file.read_text("utf-8").replace("a_day = 2", "a_day = 99"), "utf-8")

    draft = tuning.check(LOOSE)

    assert [change.key for change in draft.changes] == ["offers.a_day"]
    tuning.publish(wanted(LOOSE), after=2)
    assert tuning.opened(tuning.current())[1].offers.a_day == 5
