"""Ends whole sessions of processes: a child, its forks, and forks that left its group.

Standard library only: the guard, which has to outlive everything, imports nothing else. An RQ
worker's forks put themselves into groups of their own but stay in the session, so we go by it.
"""

import os
import signal
import subprocess
import time
from collections.abc import Collection
from pathlib import Path

_PROC = Path("/proc")
_POLL_S = 0.05


def end(sessions: Collection[int], *, grace_s: float) -> None:
    """Ask every process of these sessions to end, and make it after `grace_s`."""
    _send(members(sessions), signal.SIGTERM)
    deadline = time.monotonic() + grace_s
    while (left := members(sessions)) and time.monotonic() < deadline:
        time.sleep(_POLL_S)
    _send(left, signal.SIGKILL)


def kill(sessions: Collection[int]) -> None:
    """Make every process of these sessions end at once."""
    _send(members(sessions), signal.SIGKILL)


def members(sessions: Collection[int]) -> list[int]:
    """List the living processes of these sessions."""
    wanted = frozenset(sessions)
    return [pid for pid in _pids() if wanted and _session(pid) in wanted and _is_alive(pid)]


def _pids() -> list[int]:
    if _PROC.joinpath("self").exists():
        return [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdecimal()]
    told = subprocess.run(
        ["ps", "-A", "-o", "pid="],  # noqa: S607 - wherever this system keeps it
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return [int(word) for word in told.split()]


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except OSError:
        return 0


def _is_alive(pid: int) -> bool:
    """Tell a living process from one that has ended and only waits to be reaped."""
    try:
        state = _PROC.joinpath(str(pid), "stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return not _PROC.joinpath("self").exists()
    return state not in "ZX"


def _send(pids: Collection[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except OSError:
            continue
