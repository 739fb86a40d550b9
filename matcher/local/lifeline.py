"""The parent's end of the guard: whatever is tied to it ends with this process."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_LEAVE_S = 8.0


class Lifeline:
    """Names sessions and paths to a guard; it ends and removes them when this process dies."""

    def __init__(self, guard: subprocess.Popen[str], pipe: IO[str]) -> None:
        self._guard = guard
        self._pipe = pipe

    @property
    def pid(self) -> int:
        """The guard's process."""
        return self._guard.pid

    @property
    def is_held(self) -> bool:
        """Whether the guard is alive."""
        return self._guard.poll() is None

    def tie(self, session: int) -> None:
        """Let this session end with us."""
        self._say(f"+ {session}")

    def untie(self, session: int) -> None:
        """Forget a session that has ended."""
        self._say(f"- {session}")

    def remove(self, path: Path) -> None:
        """Let this file or folder go with us."""
        self._say(f"rm {path}")

    def let_go(self) -> None:
        """End and remove everything tied, and wait until that is done."""
        with suppress(BrokenPipeError):
            self._pipe.close()
        self._guard.wait(_LEAVE_S)

    def _say(self, line: str) -> None:
        with suppress(BrokenPipeError):  # a killed guard: `is_held` says so to our owner
            self._pipe.write(line + "\n")
            self._pipe.flush()


def start() -> Lifeline:
    """Start a guard in a session of its own."""
    guard = subprocess.Popen(
        [sys.executable, "-m", "matcher.local.guard"],
        stdin=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    if guard.stdin is None:
        raise RuntimeError  # PIPE was asked for
    return Lifeline(guard, guard.stdin)


@contextmanager
def lifeline() -> Iterator[Lifeline]:
    """Hold a lifeline for as long as the block runs."""
    held = start()
    try:
        yield held
    finally:
        held.let_go()
