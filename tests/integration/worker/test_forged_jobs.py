"""Whoever can write to the queue server cannot make a worker run anything but our jobs."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from socket import create_server, socket
from threading import Thread

import pytest
from redis import Redis
from rq import Queue

from matcher.domain.jobs import QueueName
from matcher.jobs import JobQueue
from matcher.settings.model import PoolName
from tests.integration.worker import contents, forgeries, processes
from tests.integration.worker.forgeries import CANARY
from tests.integration.worker.programs import spring
from tests.servers import Running

HONEST_TICK = 1_000_000
BURST = "from tests.integration.worker.programs import burst; burst()"
WATCHED = "from tests.integration.worker.programs import watched_burst; watched_burst('{}')"
CARELESS = "from tests.integration.worker.programs import careless_burst; careless_burst()"


class Listener:
    """A place that a webhook would reach; it counts whoever connects, whatever they say."""

    def __init__(self) -> None:
        self.heard = 0
        self.socket = create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/{CANARY}"
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller: socket = self.socket.accept()[0]
            except OSError:
                return  # it was closed
            self.heard += 1
            caller.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.socket.close()


def _ask_honestly(line: Redis) -> None:
    assert JobQueue(line, timeout=timedelta(seconds=30)).request_round(
        PoolName("main"), HONEST_TICK
    )


@pytest.mark.parametrize("queue_name", QueueName)
def test_no_forged_job_is_executed_nobody_is_called_and_no_trace_stays(
    line: Redis, environ: dict[str, str], trap: Path, listener: Listener, queue_name: QueueName
) -> None:
    number = forgeries.forge_all(line, listener.url, queue_name)

    logged = processes.finished(environ, "-c", WATCHED.format(queue_name))

    assert number >= 1_000
    assert list(trap.iterdir()) == []
    assert listener.heard == 0
    assert list(line.scan_iter("rq:job:*")) == []
    assert line.llen(f"rq:queue:{queue_name}") == 0
    assert line.llen(f"rq:queue:{queue_name}:intermediate") == 0
    assert CANARY.encode() not in contents.everything(line)
    assert CANARY not in logged
    assert "Traceback" not in logged


def test_an_honest_job_among_forged_ones_is_run_once(
    line: Redis, environ: dict[str, str], trap: Path, listener: Listener
) -> None:
    _ask_honestly(line)
    forgeries.forge_all(line, listener.url, QueueName.ROUNDS)

    logged = processes.finished(environ, "-c", WATCHED.format(QueueName.ROUNDS))

    assert logged.count("no round") == 1
    assert list(trap.iterdir()) == []


def test_the_traps_are_real_for_a_worker_without_our_guard(
    line: Redis, queue: Running, environ: dict[str, str], trap: Path, listener: Listener
) -> None:
    environ["SANAD_QUEUE_URL"] = queue.everything()
    hooked = Queue("rounds", connection=line).enqueue(spring, 1, description="x")
    line.hset(hooked.key, "webhooks", forgeries.hooks(listener.url, "finished"))
    Queue("rounds", connection=line).enqueue(len, forgeries.Bomb(), description="x")

    processes.finished(environ, "-c", CARELESS)

    seen = {path.name.partition("-")[0] for path in trap.iterdir()}
    assert seen >= {"sprung", "pickle.find_class", "socket.connect", "urllib.Request"}
    assert listener.heard > 0


@pytest.mark.parametrize("job_id", [CANARY, "round-main", "round-main-x", f"round-{CANARY}-1-"])
def test_an_honest_call_under_an_id_that_is_not_ours_is_not_run(
    line: Redis, environ: dict[str, str], job_id: str
) -> None:
    job = {**forgeries.PLAIN, "data": forgeries.honest_payload()}
    forgeries.queue_raw(line, job_id, job)

    logged = processes.finished(environ, "-c", BURST)

    assert "no round" not in logged
    assert not line.exists(f"rq:job:{job_id}")


def test_a_forged_job_in_another_list_of_rq_is_not_executed_either(
    line: Redis, environ: dict[str, str], trap: Path
) -> None:
    _ask_honestly(line)
    job = {
        **forgeries.PLAIN,
        "data": forgeries.honest_payload(),
        "status": "started",
        "failure_callback_name": forgeries.TRAP,
    }
    forgeries.queue_raw(line, "round-main-7", job)
    line.delete("rq:queue:rounds")
    line.rpush("rq:queue:rounds", f"round-main-{HONEST_TICK}")
    line.zadd("rq:wip:rounds", {"round-main-7:0": 1})
    line.rpush("rq:queue:rounds:intermediate", "round-main-7")
    line.sadd(f"rq:job:round-main-{HONEST_TICK}:dependents", "round-main-7")
    line.zadd("rq:deferred:rounds", {"round-main-7": 1})

    logged = processes.finished(environ, "-c", BURST)

    assert list(trap.iterdir()) == []
    assert logged.count("no round") == 1


@pytest.mark.parametrize("job_id", ["a b", "../../x", "x:y:z", "", "é"])
def test_an_impossible_job_id_does_not_stop_the_worker(
    line: Redis, environ: dict[str, str], job_id: str
) -> None:
    _ask_honestly(line)
    line.lpush("rq:queue:rounds", job_id)

    logged = processes.finished(environ, "-c", BURST)

    assert logged.count("no round") == 1


def test_a_key_of_another_kind_does_not_stop_the_worker(
    line: Redis, environ: dict[str, str]
) -> None:
    _ask_honestly(line)
    line.set("rq:job:round-main-1", "no job at all")
    line.lpush("rq:queue:rounds", "round-main-1")

    logged = processes.finished(environ, "-c", BURST)

    assert logged.count("no round") == 1
