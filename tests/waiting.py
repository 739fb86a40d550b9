"""Waiting for something to become true, for as long as it may take and no longer."""

import time
from collections.abc import Callable
from threading import Event

DEADLINE_S = 30.0
LOOK_EVERY_S = 0.02


def until(holds: Callable[[], object], what: str, *, within_s: float = DEADLINE_S) -> None:
    """Look again and again until something holds; fail, naming it, when it never does."""
    end, nothing = time.monotonic() + within_s, Event()
    while not holds():
        assert time.monotonic() < end, f"never: {what}"
        nothing.wait(LOOK_EVERY_S)
