"""Compiled code for the workers of the tests: the first time takes longer than a test waits."""

import os
import subprocess
import sys
from functools import cache

from matcher.local import numerics, python

WARM = "from matcher.engine.warming import warm; warm()"


@cache
def ready() -> None:
    """Compile the engine where workers look for it, once for these tests."""
    environ = python.environ(numerics.environ(os.environ))
    subprocess.run([sys.executable, "-c", WARM], env=environ, check=True)  # noqa: S603 - our own
