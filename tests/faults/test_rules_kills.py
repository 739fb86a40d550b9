"""Publishing rules, killed at each line of it: what is found then is whole, old or new."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import FrameType

from matcher.domain.versions import Publication
from matcher.settings.load import config_folder, load
from matcher.state.rules_history import RulesHistory

TEXT = (config_folder({}) / "rules.toml").read_text("utf-8")
AT = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
EVERYWHERE = "from tests.faults.test_rules_kills import kill_everywhere as k; k()"
LEAST_POINTS = 30


def test_rules_survive_a_kill_at_any_line_of_publishing(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", EVERYWHERE],
        env={**os.environ, "SANAD_STATE_DIR": str(tmp_path / "state")},
        capture_output=True,
        text=True,
        check=True,
    )

    told = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    before = [old for old, _ in told]
    assert len(told) >= LEAST_POINTS
    assert all(new - old in {0, 1} for old, new in told)
    assert told[0] == (1, 1)
    assert told[-1][1] == before[-1] + 1
    assert sum(new - old for old, new in told) > 1  # killed after the swap, too


def kill_everywhere() -> None:
    """Publish in children, each killed a line later; print the newest version each time."""
    history = RulesHistory(load(os.environ))
    for line in count(1):
        before = _newest(history)
        child = os.fork()
        if not child:
            sys.settrace(Killer(line))
            _publish(history, before)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        print(before, _newest(history))  # noqa: T201 - told to the test
        if not os.WIFSIGNALED(status):
            return


def _newest(history: RulesHistory) -> int:
    """Read everything back; the newest can be used, and is what is in force."""
    versions = history.all()
    assert [version.number for version in versions] == list(range(1, len(versions) + 1))
    number = versions[-1].number
    assert history.live().offers.a_day == _a_day(number)
    return number


def _a_day(number: int) -> int:
    return 3 if number == 1 else 4 + number % 40


def _publish(history: RulesHistory, after: int) -> None:
    text = TEXT.replace("a_day = 3", f"a_day = {_a_day(after + 1)}")
    history.publish(Publication(text=text, reason="to see", who="ana"), after=after, at=AT)


class Killer:
    """Kills this process at its nth line in the modules that keep state."""

    def __init__(self, left: int) -> None:
        self._left = left

    def __call__(self, frame: FrameType, event: str, _: object) -> "Killer | None":
        if "/matcher/state/" not in frame.f_code.co_filename:
            return None
        self._left -= event == "line"
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return self
