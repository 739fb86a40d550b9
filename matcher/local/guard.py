"""Outlives its parent by seconds, to end whatever the parent could not end itself.

Reads lines from standard input: `+ SESSION`, `- SESSION`, `rm PATH`. When the input closes, the
parent is gone, however it died: every session named is ended and every path named is removed.
"""

import shutil
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from matcher.local import sessions

GRACE_S = 4.0


def watch(lines: Iterable[str]) -> None:
    """Follow the parent's lines until there are no more, then clean up."""
    alive: set[int] = set()
    paths: list[Path] = []
    for line in lines:
        match line.rstrip("\n").split(" ", 1):
            case ["+", session]:
                alive.add(int(session))
            case ["-", session]:
                alive.discard(int(session))
            case ["rm", name]:
                paths.append(Path(name))
    sessions.end(alive, grace_s=GRACE_S)
    for path in paths:
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # meant for the parent; we wait for its end
    watch(sys.stdin)
