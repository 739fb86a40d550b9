"""Changing the directory of services, killed at each line of it: it is whole, old or new."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from matcher.domain.acts import ActId
from matcher.domain.coordinator import CoordinatorId
from matcher.settings.load import load
from matcher.state.directory import Directory, mark
from matcher.state.service_wishes import ServiceWish
from tests.faults.test_rules_kills import LEAST_POINTS, Killer

WHICH = "example-line"
AT = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
EVERYWHERE = "from tests.faults.test_directory_kills import kill_everywhere as k; k()"


def test_the_directory_survives_a_kill_at_any_line_of_a_change(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", EVERYWHERE],
        env={**os.environ, "SANAD_STATE_DIR": str(tmp_path / "state")},
        capture_output=True,
        text=True,
        check=True,
    )

    told = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert len(told) >= LEAST_POINTS
    assert all(new - old in {0, 1} for old, new in told)
    assert told[0] == (0, 0)
    assert told[-1][1] == told[-1][0] + 1
    assert sum(new - old for old, new in told) > 1  # killed after the swap, too


def kill_everywhere() -> None:
    """Change one service in children, each killed a line later; print how often it was."""
    directory = Directory(load(os.environ))
    for line in count(1):
        before = _changes(directory)
        child = os.fork()
        if not child:
            sys.settrace(Killer(line))
            _change(directory, before)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        print(before, _changes(directory))  # noqa: T201 - told to the test
        if not os.WIFSIGNALED(status):
            return


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
