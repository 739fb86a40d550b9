"""Runs something in a process of its own, and tells what it took."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")

MEGABYTE = 1024
CLEAR = "5"  # what Linux calls forgetting how large a process once was


@dataclass(frozen=True, slots=True, kw_only=True)
class Took(Generic[T]):
    """A result, its seconds by the wall and by the processor, and megabytes it needed more."""

    result: T
    seconds: float
    processor: float
    megabytes: float


def alone(run: Callable[[], T]) -> Took[T]:
    """Run in a fork, which shares what is there and whose growth is its own."""
    context = get_context("fork")
    mine, theirs = context.Pipe()
    process = context.Process(target=_run, args=(run, theirs))
    process.start()
    theirs.close()
    found: Took[T] = mine.recv()
    process.join()
    return found


def _run(run: Callable[[], T], answer: Connection) -> None:
    Path("/proc/self/clear_refs").write_text(CLEAR)
    before, started, busy = _peak(), time.perf_counter(), time.process_time()
    result = run()
    answer.send(
        Took(
            result=result,
            seconds=time.perf_counter() - started,
            processor=time.process_time() - busy,
            megabytes=_peak() - before,
        )
    )


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / MEGABYTE for line in lines if line.startswith("VmHWM"))
