"""The parent's end of the guard: whatever is tied to it ends with this process."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from matcher.local import python

_LEAVE_S = 8.0


class Lifeline:
    """Names sessions and paths to a guard; it ends and removes them when this process dies.

    Between the start of a child and `tie` lies a moment in which a kill of this process would
    leave the child behind: accepted, since no portable call closes it.
    """

    def __init__(self) -> None:
        self._sessions: set[int] = set()
        self._paths: list[Path] = []
        self._guard = _start()

    @property
    def pid(self) -> int:
        """The guard's process."""
        return self._guard.pid

    def tie(self, session: int) -> None:
        """Let this session end with us."""
        self._sessions.add(session)
        self._say(f"+ {session}")

    def untie(self, session: int) -> None:
        """Forget a session that has ended."""
        self._sessions.discard(session)
        self._say(f"- {session}")

    def remove(self, path: Path) -> None:
        """Let this file or folder go with us."""
        self._paths.append(path)
        self._say(f"rm {path}")

    def mend(self) -> bool:
        """Start a new guard if somebody ended it; True if that was needed."""
        if self._guard.poll() is None:
            return False
        _pipe(self._guard).close()
        self._guard = _start()
        for session in self._sessions:
            self._say(f"+ {session}")
        for path in self._paths:
            self._say(f"rm {path}")
        return True

    def let_go(self) -> None:
        """End and remove everything tied, and wait until that is done."""
        self.mend()
        with suppress(BrokenPipeError):
            _pipe(self._guard).close()
        self._guard.wait(_LEAVE_S)

    def _say(self, line: str) -> None:
        with suppress(BrokenPipeError):  # an ended guard: `mend` tells the next one everything
            _pipe(self._guard).write(f"{line}\n".encode())


@contextmanager
def lifeline() -> Iterator[Lifeline]:
    """Hold a lifeline for as long as the block runs."""
    held = Lifeline()
    try:
        yield held
    finally:
        held.let_go()


def _start() -> subprocess.Popen[bytes]:
    """Start a guard in a session of its own, where no Ctrl-C reaches it."""
    return subprocess.Popen(  # noqa: S603 - our own module
        python.module("matcher.local.guard"),
        stdin=subprocess.PIPE,
        env=python.environ(os.environ),
        start_new_session=True,
        bufsize=0,
    )


def _pipe(guard: subprocess.Popen[bytes]) -> IO[bytes]:
    if guard.stdin is None:
        raise RuntimeError  # PIPE was asked for
    return guard.stdin
