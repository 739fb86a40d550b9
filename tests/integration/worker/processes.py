"""Processes of the worker in tests: started from this checkout, watched, and always ended."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from matcher.local import sessions

DEADLINE_S = 30.0
POLL_S = 0.02


@contextmanager
def running(environ: Mapping[str, str], *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run `python ...` in a session of its own; nothing of that session outlives the block."""
    process = subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, *arguments],
        env=dict(environ),
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    try:
        yield process
    finally:
        sessions.kill({process.pid})
        process.communicate()


def finished(environ: Mapping[str, str], *arguments: str) -> str:
    """Run `python ...` to its end; returns what it logged."""
    with running(environ, *arguments) as process:
        return process.communicate(timeout=DEADLINE_S)[1]


def until(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds; fail, naming it, when it never does."""
    end = time.monotonic() + DEADLINE_S
    while not holds():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(POLL_S)


def ready(process: subprocess.Popen[str], line: str) -> None:
    """Wait until the process logs `line`."""
    assert process.stderr is not None
    for logged in process.stderr:
        if line in logged:
            return
    raise AssertionError(f"ended without: {line}")
