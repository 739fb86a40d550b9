"""What commands do with rules stands in the log of acts, as what coordinators do does."""

from pathlib import Path

import pytest

from matcher.domain.acts import ActKind, Step
from matcher.domain.coordinator import OPERATOR
from matcher.state import console
from tests.unit.local.rules_commands import DEFAULTS, WHY, sanad

Line = tuple[ActKind, Step, dict[str, str]]


def log(state: Path) -> list[Line]:
    """Read what the log tells, but for the marks of wishes."""
    ledger = console.ledger(state, "main").read()
    assert ledger.begun == ()
    assert ledger.asked == ()
    assert ledger.first_fault() is None
    assert {one.who for one in ledger.entries} <= {OPERATOR}
    return [
        (one.kind, one.step, {name: said for name, said in one.what.items() if name != "rules"})
        for one in ledger.entries
    ]


def test_publishing_and_going_back_are_logged(state: Path, mine: Path) -> None:
    assert sanad(state, "publish", mine, *WHY).exit_code == 0
    assert sanad(state, "rollback", 1, *WHY, "--loosen").exit_code == 0

    assert log(state) == [
        (ActKind.PUBLISH_RULES, Step.DONE, {"version": "2"}),
        (ActKind.LOOSEN_RULES, Step.DONE, {"version": "3"}),
    ]
    assert console.asked_rules(state, "main").read() == {}


def test_trying_and_dropping_are_logged(state: Path, mine: Path) -> None:
    assert sanad(state, "try", mine, "--share", 20, "--days", 21, *WHY).exit_code == 0
    assert sanad(state, "end-trial").exit_code == 0

    assert log(state) == [
        (ActKind.TRY_RULES, Step.DONE, {"share": "20", "days": "21"}),
        (ActKind.END_TRIAL, Step.DONE, {"trial": "1", "why": "dropped"}),
    ]


def test_trying_what_loosens_and_keeping_it_are_logged_as_that(state: Path) -> None:
    assert sanad(state, "try", "more-people", *WHY, "--loosen").exit_code == 0
    assert sanad(state, "end-trial", "--keep", "--loosen").exit_code == 0

    assert [line[:2] for line in log(state)] == [
        (ActKind.TRY_LOOSE_RULES, Step.DONE),
        (ActKind.LOOSEN_RULES, Step.DONE),
    ]


def test_what_is_refused_is_not_logged(state: Path, mine: Path) -> None:
    assert sanad(state, "publish", "more-people", *WHY).exit_code == 1
    assert sanad(state, "publish", mine, "--reason", " ").exit_code == 1
    assert sanad(state, "end-trial").exit_code == 1
    assert log(state) == []


@pytest.mark.parametrize("words", [("publish",), ("try",)])
def test_what_cannot_be_logged_is_not_done(
    state: Path, mine: Path, words: tuple[str, ...]
) -> None:
    state.mkdir()
    (state / "acts-main.json").write_bytes(b"{")

    refused = sanad(state, *words, mine, *WHY)

    assert refused.exit_code == 1
    assert "acts-main.json" in refused.output
    assert "Traceback" not in refused.output
    assert sanad(state, "export").output == DEFAULTS
    assert sanad(state, "trial").output == "no rules have been on trial\n"
