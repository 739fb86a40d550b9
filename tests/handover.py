"""A stage on which workers are killed in the middle of a round: two workers and a clock."""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.integration.worker import processes
from tests.waiting import until

LONG_ROUNDS = "from tests.integration.worker.programs import run_long_rounds as r; r()"
WORKERS = 2


class Victim(StrEnum):
    """What is killed in the middle of a round."""

    HORSE = "horse"
    WORKER = "worker with its horse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Rounds that are begun one after another, each working until it is let go."""

    folder: Path

    def begun(self) -> list[int]:
        """Name the horses that have begun a round, the first first."""
        files = sorted(self.folder.glob("begun-*"), key=lambda file: file.stat().st_mtime_ns)
        return [int(file.name.removeprefix("begun-")) for file in files]

    def wait_for(self, number: int) -> int:
        """Wait until so many rounds have begun; returns the horse of the last."""
        until(lambda: len(self.begun()) >= number, f"{number} rounds begun")
        return self.begun()[number - 1]

    def since_epoch(self, horse: int) -> float:
        """Say when a horse was in the middle of its round."""
        return (self.folder / f"begun-{horse}").stat().st_mtime

    def let_go(self, horse: int) -> None:
        """Let a round be finished."""
        (self.folder / f"go-{horse}").touch()

    def kill(self, victim: Victim, horse: int) -> None:
        """Kill the horse, or the worker it belongs to and with it the horse."""
        os.kill(horse if victim is Victim.HORSE else os.getsid(horse), signal.SIGKILL)


@contextmanager
def stage(environ: Mapping[str, str], folder: Path, clock_queue_url: str) -> Iterator[Stage]:
    """Run workers and a clock with the rights they have."""
    told = {**environ, "TRAP": str(folder)}
    with ExitStack() as stack:
        for _ in range(WORKERS):
            stack.enter_context(processes.running(told, "-c", LONG_ROUNDS))
        for_clock = {**told, "SANAD_QUEUE_URL": clock_queue_url}
        stack.enter_context(processes.running(for_clock, "-m", "worker.clock"))
        yield Stage(folder=folder)
