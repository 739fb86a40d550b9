"""Whoever can write to the queue server cannot make a worker run anything but our jobs."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from redis import Redis
from rq import Queue

from matcher.jobs import JobQueue
from matcher.settings.model import PoolName
from tests.integration.worker import forgeries, processes
from tests.integration.worker.programs import spring
from tests.servers import Running

HONEST_TICK = 1_000_000
BURST = "from tests.integration.worker.programs import burst; burst()"
CARELESS = "from tests.integration.worker.programs import careless_burst; careless_burst()"


class Listener:
    """A place that a webhook would reach."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        heard = self.heard

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                heard.append(self.path)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    Thread(target=listening.server.serve_forever, daemon=True).start()
    yield listening
    listening.server.shutdown()
    listening.server.server_close()


def _ask_honestly(line: Redis) -> None:
    assert JobQueue(line, timeout=timedelta(seconds=30)).request_round(
        PoolName("main"), HONEST_TICK
    )


def test_no_forged_job_is_ever_executed_and_all_are_gone(
    line: Redis, environ: dict[str, str], trap: Path, listener: Listener
) -> None:
    _ask_honestly(line)
    number = forgeries.forge_all(line, listener.url, times=3)

    logged = processes.finished(environ, "-c", BURST)

    assert number >= 1_000
    assert list(trap.iterdir()) == []
    assert listener.heard == []
    assert logged.count("no round") == 1
    assert list(line.scan_iter("rq:job:*")) == []
    assert line.llen("rq:queue:rounds") == line.llen("rq:queue:rounds:intermediate") == 0


def test_the_traps_are_real_for_a_worker_without_our_guard(
    line: Redis, queue: Running, environ: dict[str, str], trap: Path
) -> None:
    environ["SANAD_QUEUE_URL"] = queue.everything()
    Queue("rounds", connection=line).enqueue(spring, 1, description="x")
    Queue("rounds", connection=line).enqueue(len, forgeries.Bomb(), description="x")

    processes.finished(environ, "-c", CARELESS)

    assert len(list(trap.iterdir())) >= 2


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
