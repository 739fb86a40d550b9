"""Changing the directory of services, killed at each line of it: it is whole, old or new."""

import os
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from matcher.domain.acts import ActId
from matcher.domain.coordinator import CoordinatorId
from matcher.settings.load import load
from matcher.state.directory import Directory, mark
from matcher.state.service_wishes import ServiceWish
from tests.faults.killing import at_every_line, check_one_change, told_by

WHICH = "example-line"
AT = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)


def test_the_directory_survives_a_kill_at_any_line_of_a_change(tmp_path: Path) -> None:
    check_one_change(told_by(__name__, tmp_path), at_first=0)


def kill_everywhere() -> None:
    """Change one service in children, each killed a line later; print how often it was."""
    directory = Directory(load(os.environ))
    at_every_line(lambda: _changes(directory), lambda before: _change(directory, before))


def _changes(directory: Directory) -> int:
    """Read everything back: what pages show is what the last change made."""
    made = len(directory.revisions())
    entry = next(one for one in directory.entries() if one.id == WHICH)
    shown = next(one for one in directory.services() if one.id == WHICH)
    assert entry.source == shown.source == ("" if not made else f"call {made}")
    assert len(directory.services()) == 4
    return made


def _change(directory: Directory, before: int) -> None:
    entry = next(one for one in directory.entries() if one.id == WHICH)
    wanted = replace(entry, source=f"call {before + 1}")
    wish = ServiceWish(id=WHICH, entry=wanted, seen=mark(entry), who=CoordinatorId("ana"))
    directory.change(wish, act=ActId(str(before)), at=AT)
