"""Does something to a state file in children, each killed a line later than the one before."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from types import FrameType

LEAST_POINTS = 30


def told_by(module: str, folder: Path) -> list[tuple[int, int]]:
    """Run `kill_everywhere` of a module in a process of its own, with its state in a folder.

    Returns how much was done before and after each child.
    """
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", f"from {module} import kill_everywhere as k; k()"],
        env={**os.environ, "SANAD_STATE_DIR": str(folder / "state")},
        capture_output=True,
        text=True,
        check=True,
    )
    pairs = (line.split() for line in done.stdout.splitlines())
    return [(int(before), int(after)) for before, after in pairs]


def check_one_change(told: Sequence[tuple[int, int]], *, at_first: int) -> None:
    """Look that one change was made once, whole or not at all, wherever it was killed."""
    assert len(told) >= LEAST_POINTS
    assert all(new - old in {0, 1} for old, new in told)
    assert told[0] == (at_first, at_first)
    assert told[-1][1] == told[-1][0] + 1
    assert sum(new - old for old, new in told) > 1  # killed after the swap, too


def at_every_line(
    done: Callable[[], int], act: Callable[[int], None], *, times: int = 1
) -> None:
    """Act in children until so many came through, and print what `done` counts around each.

    `act` is given what was done before it.
    """
    through = 0
    for line in count(1):
        before = done()
        child = os.fork()
        if not child:
            sys.settrace(Killer(line))
            act(before)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        print(before, done())  # noqa: T201 - told to the test
        through += not os.WIFSIGNALED(status)
        if through == times:
            return


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
