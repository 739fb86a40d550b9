"""Small programs that tests run as workers: `python -c "from ... import burst; burst()"`."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from rq import Worker

from matcher.domain.jobs import QueueName
from matcher.jobs import GuardedJob, connect, open_queue
from matcher.settings.load import load
from matcher.settings.model import PoolName
from matcher.store.backing import back
from worker import horses, log
from worker.rounds import Rounds
from worker.wiring import ground_of

P = ParamSpec("P")
T = TypeVar("T")

SLOW_S = 600.0
SUMS_A_LOOK = 500
"""Each look at a file lets go of the interpreter, and on a quiet machine takes it again before
any other thread has woken up: those would starve, as they do in no round."""
FORBIDDEN = {"socket.connect", "socket.getaddrinfo", "socket.sendto", "pickle.find_class"} | {
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "subprocess.Popen",
    "urllib.Request",
}


class SlowJob(GuardedJob):
    """Takes longer than any test, and says which process it runs in."""

    def perform(self) -> None:
        """Write down the horse and hang."""
        Path(os.environ["TRAP"], f"horse-{os.getpid()}").touch()
        time.sleep(SLOW_S)


class LongJob(GuardedJob):
    """Runs a round that works on and on in its middle, until it is let go."""

    def perform(self) -> int:
        """Run the round as our own job does, with a planner that takes its time."""
        ground = ground_of(back(load(os.environ).of(PoolName(self.args[0]))))
        return Rounds(replace(ground, plan=_until_let_go(ground.plan))).run(seed=1)


def _until_let_go(plan: Callable[P, T]) -> Callable[P, T]:
    """Write down which process plans, and compute until a file says that it may go on."""

    def planning(*args: P.args, **kwargs: P.kwargs) -> T:
        folder, pid = Path(os.environ["TRAP"]), os.getpid()
        (folder / f"begun-{pid}").touch()
        while not (folder / f"go-{pid}").exists():
            for _ in range(SUMS_A_LOOK):
                sum(range(10_000))  # nothing in it waits, and so lets other threads run
        return plan(*args, **kwargs)

    return planning


def spring(*_args: object, **_kwargs: object) -> None:
    """Show that code was run that nobody should be able to run."""
    Path(os.environ["TRAP"], f"sprung-{os.getpid()}-{time.monotonic_ns()}").touch()


def burst(name: QueueName = QueueName.ROUNDS) -> None:
    """Run what is queued, as our worker does, then end."""
    log.start()
    redis = connect(os.environ["SANAD_QUEUE_URL"])
    horses.hire(name, redis).work(burst=True, logging_level="WARNING")


def watched_burst(name: str) -> None:
    """Do the same, and leave a file in the trap for whatever a forged job could want."""
    sys.addaudithook(_watch)
    burst(QueueName(name))


def _watch(event: str, args: tuple[object, ...]) -> None:
    """Note calls to other machines, new programs and unpickling, in this process and horses."""
    if event == "socket.connect" and isinstance(args[1], str | bytes):
        return  # a socket of this machine: the two servers
    if event in FORBIDDEN:
        Path(os.environ["TRAP"], f"{event}-{os.getpid()}-{time.monotonic_ns()}").touch()


def careless_burst() -> None:
    """Run what is queued as RQ does by itself: to see that the traps are real."""
    sys.addaudithook(_watch)
    redis = connect(os.environ["SANAD_QUEUE_URL"])
    Worker([QueueName.ROUNDS.value], connection=redis).work(burst=True)


def hang(kind: str) -> None:
    """Work on jobs that never end, in forked or in spawned horses."""
    redis = connect(os.environ["SANAD_QUEUE_URL"])
    queue = open_queue(redis, QueueName.ROUNDS)
    queue.job_class = SlowJob
    worker = {"fork": horses.QuietWorker, "spawn": horses.SpawningWorker}[kind]
    worker([queue], connection=redis, job_class=SlowJob, serializer=queue.serializer).work()


def run_long_rounds() -> None:
    """Work as our worker does, on rounds that take until they are let go."""
    log.start()
    redis = connect(os.environ["SANAD_QUEUE_URL"])
    queue = open_queue(redis, QueueName.ROUNDS)
    queue.job_class = LongJob
    worker = horses.QuietWorker(
        [queue], connection=redis, job_class=LongJob, serializer=queue.serializer
    )
    worker.work(logging_level="WARNING")
