"""Horses end with their worker, and workers when they are asked to."""

import signal
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis

from matcher.jobs import JobQueue
from matcher.local import sessions
from matcher.settings.model import PoolName
from tests.integration.worker import processes
from tests.waiting import until

HANG = "from tests.integration.worker.programs import hang; hang({kind!r})"
READY = "worker ready"


def _ask(line: Redis) -> None:
    JobQueue(line, timeout=timedelta(seconds=30)).request_round(PoolName("main"), 1)


@pytest.mark.parametrize("kind", ["fork", "spawn"])
def test_a_horse_dies_with_its_killed_worker(
    line: Redis, environ: dict[str, str], trap: Path, kind: str
) -> None:
    _ask(line)
    with processes.running(environ, "-c", HANG.format(kind=kind)) as worker:
        until(lambda: list(trap.glob("horse-*")), "a horse at work")
        assert len(sessions.members({worker.pid})) == 2

        worker.send_signal(signal.SIGKILL)

        until(lambda: not sessions.members({worker.pid}), "the horse ended")


def test_an_idle_worker_ends_at_once_when_asked(environ: dict[str, str]) -> None:
    with processes.running(environ, "-m", "worker.main") as worker:
        processes.ready(worker, READY)

        worker.terminate()

        assert worker.wait(processes.DEADLINE_S) == 0


def test_a_worker_without_a_queue_server_says_so_and_ends(environ: dict[str, str]) -> None:
    environ["SANAD_QUEUE_URL"] = "unix:///nowhere/canary.sock"

    with processes.running(environ, "-m", "worker.main") as worker:
        logged = worker.communicate(timeout=processes.DEADLINE_S)[1]

        assert worker.returncode == 1
        assert "the queue server does not answer" in logged
        assert "canary" not in logged


@pytest.mark.parametrize("module", ["worker.main", "worker.clock"])
def test_a_missing_address_is_told_in_one_line(environ: dict[str, str], module: str) -> None:
    del environ["SANAD_QUEUE_URL"]

    with processes.running(environ, "-m", module) as process:
        logged = process.communicate(timeout=processes.DEADLINE_S)[1]

        assert process.returncode == 2
        assert logged.strip() == "SANAD_QUEUE_URL is not set; `sanad up` sets it by itself"
