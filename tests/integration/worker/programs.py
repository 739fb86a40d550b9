"""Small programs that tests run as workers: `python -c "from ... import burst; burst()"`."""

import os
import time
from pathlib import Path

from rq import Worker

from matcher.jobs import GuardedJob, QueueName, connect, open_queue
from worker import horses, log

SLOW_S = 600.0


class SlowJob(GuardedJob):
    """Takes longer than any test, and says which process it runs in."""

    def perform(self) -> None:
        """Write down the horse and hang."""
        Path(os.environ["TRAP"], f"horse-{os.getpid()}").touch()
        time.sleep(SLOW_S)


def spring(*_args: object, **_kwargs: object) -> None:
    """Show that code was run that nobody should be able to run."""
    Path(os.environ["TRAP"], f"sprung-{os.getpid()}-{time.monotonic_ns()}").touch()


def burst() -> None:
    """Run what is queued, as our worker does, then end."""
    log.start()
    redis = connect(os.environ["SANAD_QUEUE_URL"])
    horses.hire(QueueName.ROUNDS, redis).work(burst=True, logging_level="WARNING")


def careless_burst() -> None:
    """Run what is queued as RQ does by itself: to see that the traps are real."""
    redis = connect(os.environ["SANAD_QUEUE_URL"])
    Worker([QueueName.ROUNDS.value], connection=redis).work(burst=True)


def hang(kind: str) -> None:
    """Work on jobs that never end, in forked or in spawned horses."""
    redis = connect(os.environ["SANAD_QUEUE_URL"])
    queue = open_queue(redis, QueueName.ROUNDS)
    queue.job_class = SlowJob
    worker = {"fork": horses.QuietWorker, "spawn": horses.SpawningWorker}[kind]
    worker([queue], connection=redis, job_class=SlowJob, serializer=queue.serializer).work()
