"""Trying rules on some rounds by command, and ending that."""

import json
from pathlib import Path

import pytest

from tests.unit.local.rules_commands import DEFAULTS, WHY, sanad


def test_rules_are_tried_shown_and_dropped(state: Path, mine: Path) -> None:
    nothing = sanad(state, "trial")
    begun = sanad(state, "try", mine, "--share", "20%", "--days", 21, *WHY)
    shown = sanad(state, "trial")
    told = json.loads(sanad(state, "trial", "--json").output)["trial"]
    dropped = sanad(state, "end-trial")

    assert nothing.output == "no rules have been on trial\n"
    assert begun.output.startswith("trial 1: 20 of 100 rounds, from the next one on, until 20")
    assert "trial 1, beside version 1: on until 20" in shown.output
    assert "20 of 100 rounds, bound 5: peers are tired" in shown.output
    assert told["extent"] == {"share": 20, "days": 21, "bound": 5}
    assert told["ended"] is None
    assert dropped.output.splitlines()[0].endswith(": dropped")
    assert sanad(state, "end-trial").exit_code == 1
    assert sanad(state, "export").output == DEFAULTS


def test_kept_rules_become_the_next_version(state: Path, mine: Path) -> None:
    sanad(state, "try", mine, *WHY)

    kept = sanad(state, "end-trial", "--keep", "--json")

    assert json.loads(kept.output)["trial"]["ended"]["why"] == "kept"
    assert sanad(state, "export").output == mine.read_text("utf-8")


def test_a_second_trial_is_refused_while_one_is_on(state: Path, mine: Path) -> None:
    sanad(state, "try", mine, *WHY)

    again = sanad(state, "try", mine, *WHY, "--json")

    assert (again.exit_code, json.loads(again.output)["ok"]) == (1, False)
    assert "that trial has to end first" in json.loads(again.output)["error"]


def test_what_loosens_protections_asks_for_a_word_more(state: Path) -> None:
    refused = sanad(state, "try", "more-people", *WHY)
    done = sanad(state, "try", "more-people", *WHY, "--loosen")
    kept = sanad(state, "end-trial", "--keep")

    assert (refused.exit_code, done.exit_code, kept.exit_code) == (1, 0, 1)
    assert "--loosen" in refused.output
    assert "--loosen" in kept.output


@pytest.mark.parametrize(
    "wrong",
    [("--share", "51%"), ("--share", "4"), ("--share", "a"), ("--days", 6), ("--bound", 51)],
)
def test_what_lies_outside_the_limits_is_refused(
    state: Path, mine: Path, wrong: tuple[str, object]
) -> None:
    assert sanad(state, "try", mine, *WHY, *wrong).exit_code == 2


def test_rules_that_are_wrong_are_never_tried(state: Path, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(DEFAULTS.replace("a_day = 3", "a_day = 99"), "utf-8")

    assert sanad(state, "try", file, *WHY).exit_code == 1
    assert sanad(state, "trial").output == "no rules have been on trial\n"
