"""Processes of the worker in tests: started from this checkout, watched, and always ended."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from matcher.local import sessions
from tests import compiled

DEADLINE_S = 30.0


@contextmanager
def running(environ: Mapping[str, str], *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run `python ...` in a session of its own; nothing of that session outlives the block."""
    compiled.ready()
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


def ready(process: subprocess.Popen[str], line: str) -> None:
    """Wait until the process logs `line`."""
    assert process.stderr is not None
    for logged in process.stderr:
        if line in logged:
            return
    raise AssertionError(f"ended without: {line}")
