"""The audit log: each line is bound to all that were written before it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from matcher.domain.acts import Act, ActId, ActKind, Entry, Ledger, Step
from matcher.domain.coordinator import CoordinatorId

NOW = datetime(2026, 3, 1, 12, 34, 56, tzinfo=UTC)
ANA = CoordinatorId("ana")


def act(number: int) -> Act:
    return Act(id=ActId(str(number)), kind=ActKind.INVITE, who=ANA, at=NOW, what={"n": "1"})


def ledger(length: int) -> Ledger:
    found = Ledger()
    for number in range(length):
        found = found.noted(act(number), Step.DONE, by=ANA, at=NOW)
    return found


def test_what_was_written_verifies_and_tells_the_minute_alone() -> None:
    found = ledger(5)

    assert found.first_fault() is None
    assert {entry.at.second for entry in found.entries} == {0}


CHANGES = {
    "another who": lambda entry: replace(entry, who=CoordinatorId("ben")),
    "another what": lambda entry: replace(entry, what={"n": "2"}),
    "words moved over": lambda entry: replace(entry, what={"n1": ""}),
    "another step": lambda entry: replace(entry, step=Step.WITHDRAWN),
    "another time": lambda entry: replace(entry, at=NOW.replace(hour=1)),
    "about somebody": lambda entry: replace(entry, about=ANA),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_line_that_was_altered_is_found(change: str) -> None:
    found = ledger(5)
    lines = list(found.entries)
    altered: Entry = CHANGES[change](lines[2])

    assert replace(found, entries=(*lines[:2], altered, *lines[3:])).first_fault() == 3


def test_a_line_that_was_taken_out_or_moved_is_found() -> None:
    found = ledger(5)
    lines = found.entries

    assert replace(found, entries=(*lines[:2], *lines[3:])).first_fault() == 3
    assert replace(found, entries=(lines[1], lines[0], *lines[2:])).first_fault() == 1


def test_a_line_written_anew_breaks_the_ones_after_it() -> None:
    found = ledger(5)
    lines = found.entries
    anew = replace(lines[2], who=CoordinatorId("ben")).sealed(lines[1].seal)

    assert replace(found, entries=(*lines[:2], anew, *lines[3:])).first_fault() == 4
