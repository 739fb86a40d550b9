"""Compiled code for the tests: the first time takes longer than any test may."""

import fcntl
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from matcher.local import numerics, python

WARM = "from matcher.engine.warming import warm; warm()"


@cache
def ready() -> None:
    """Compile the engine where tests and workers look for it, once for all that run now."""
    environ = python.environ(numerics.environ(os.environ))
    folder = Path(environ[numerics.COMPILED])
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second finds it compiled
        subprocess.run([sys.executable, "-c", WARM], env=environ, check=True)  # noqa: S603 - our own
