"""On the queue server each command of a grant is one that RQ or we really give there."""

import time
from datetime import timedelta

import pytest
from redis import Redis

from matcher.jobs import JobQueue
from matcher.local.acl import GRANTS, Role, ServerName
from matcher.settings.model import PoolName
from tests.integration.worker import processes
from tests.servers import Running
from tests.waiting import until
from tests.world import World

BURST = "from tests.integration.worker.programs import burst; burst()"
NOT_HERE = {"ping", "scan", "blmove"}
"""Of a worker: for `sanad doctor`, for `sanad demo`, and for one that waits for work."""

NOT_ALWAYS = {"ping", "time", "script|load"}
"""Of the clock: for `sanad doctor`, and for the first job that a server is ever given."""

FOR_ALL = {"hello", "auth"}


def _given(line: Redis) -> set[str]:
    """Name what was given since statistics were reset, in the form of ACL files."""
    found = {name.removeprefix("cmdstat_") for name in line.info("commandstats")}
    return found - FOR_ALL - {"config|resetstat"}


def _ask(line: Redis, tick: int) -> None:
    assert JobQueue(line, timeout=timedelta(seconds=30)).request_round(PoolName("main"), tick)


def _leave_stuck_jobs(line: Redis) -> None:
    """Leave what killed workers leave: a job taken out of the line, and one never ended."""
    for tick in (91, 92):
        _ask(line, tick)
        line.delete("rq:queue:rounds")
    line.rpush("rq:queue:rounds:intermediate", "round-main-91")
    line.set("rq:queue:rounds:intermediate:first_seen:round-main-91", time.time() - 100)
    line.hset("rq:job:round-main-92", "status", "started")
    line.zadd("rq:wip:rounds", {"round-main-92:x": 1})
    for registry in ("rq:workers", "rq:workers:rounds"):
        line.sadd(registry, f"rq:worker:{'a' * 32}")


@pytest.mark.usefixtures("world")
def test_a_worker_gives_every_command_of_its_grant(
    line: Redis, environ: dict[str, str]
) -> None:
    store_url = environ["SANAD_STORE_URL"]
    given = set()
    for url in (store_url, "unix:///nowhere.sock"):
        environ["SANAD_STORE_URL"] = url
        _leave_stuck_jobs(line)
        _ask(line, 1)
        line.config_resetstat()
        processes.finished(environ, "-c", BURST)
        given |= _given(line)
        line.flushall()

    granted = set(GRANTS[ServerName.QUEUE][Role.WORKER].commands)
    of_the_clock = set(GRANTS[ServerName.QUEUE][Role.CLOCK].commands)

    assert given <= granted
    assert granted - given - of_the_clock <= NOT_HERE


def test_the_clock_gives_every_command_of_its_grant(
    line: Redis, queue: Running, environ: dict[str, str], world: World
) -> None:
    environ["SANAD_QUEUE_URL"] = queue.url(Role.CLOCK)
    world.seeker()
    line.hset("rq:job:round-main-9", "status", "queued")
    line.rpush("rq:queue:rounds", b"\xff\xfe")
    line.set("rq:of-nobody", "x")
    line.config_resetstat()

    with processes.running(environ, "-m", "worker.clock"):
        until(lambda: {"evalsha", "lrem"} <= _given(line), "a job put in, and strays swept")
    given, granted = _given(line), set(GRANTS[ServerName.QUEUE][Role.CLOCK].commands)

    assert given <= granted
    assert granted - given <= NOT_ALWAYS
