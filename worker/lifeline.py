"""Ties a work horse to its worker: when the worker is gone, however it went, the horse ends."""

import os
import signal
from threading import Thread

VARIABLE = "SANAD_WORKER_LIFELINE"


def hold() -> int:
    """Make a pipe that nobody ever writes to; returns the end that only this process holds.

    The other end is passed on to horses, forked or spawned, and its number in the environment.
    """
    read_end, write_end = os.pipe()
    os.set_inheritable(read_end, True)  # noqa: FBT003 - the library's own signature
    os.environ[VARIABLE] = str(read_end)
    return write_end


def follow(write_end: int | None) -> None:
    """End this process as soon as the pipe closes; a forked horse gives up its copy first.

    The horse of a killed worker would otherwise run on, and hold the queue's bookkeeping open.
    What it might still write is fenced in the store; this only makes it short.
    """
    if write_end is not None:
        os.close(write_end)
    read_end = int(os.environ[VARIABLE])
    Thread(target=_end_with, args=(read_end,), daemon=True).start()


def _end_with(read_end: int) -> None:
    os.read(read_end, 1)
    os.kill(os.getpid(), signal.SIGKILL)
