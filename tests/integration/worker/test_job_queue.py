"""How rounds are asked for, and what of it is left on the queue server."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from redis import Redis

from matcher.jobs import PASSING_LIVES, QUEUED_FOR, JobQueue
from matcher.settings.model import PoolName
from tests.integration.worker import contents, processes
from worker import strays

BURST = "from tests.integration.worker.programs import burst; burst()"
MAIN, OTHER = PoolName("main"), PoolName("other")
CANARY = "canary-7f3a"
ALLOWED = {"rq:queues", "rq:workers", "rq:workers:rounds", "rq:wip:rounds"}


@pytest.fixture
def jobs(line: Redis) -> JobQueue:
    return JobQueue(line, timeout=timedelta(seconds=30))


def _left(line: Redis) -> set[str]:
    """Name the keys that may not stay; a worker's own end by themselves."""
    names = {key.decode() for key in line.scan_iter()}
    passing = {n for n in names if n.startswith("rq:worker:") and line.ttl(n) > 0}
    return names - passing - ALLOWED


def test_a_round_that_waits_is_not_asked_for_again(jobs: JobQueue, line: Redis) -> None:
    asked = [jobs.request_round(MAIN, tick) for tick in range(3)]

    assert asked == [True, False, False]
    assert line.lrange("rq:queue:rounds", 0, -1) == [b"round-main-0"]


def test_each_pool_has_its_own_rounds(jobs: JobQueue, line: Redis) -> None:
    assert jobs.request_round(MAIN, 1)
    assert jobs.request_round(OTHER, 1)
    assert line.llen("rq:queue:rounds") == 2


def test_a_killed_job_of_an_earlier_tick_does_not_keep_its_place_taken(
    jobs: JobQueue, line: Redis
) -> None:
    jobs.request_round(MAIN, 1)
    line.delete("rq:queue:rounds")  # a worker took it and was killed: the job's key stays

    assert not jobs.request_round(MAIN, 1)
    assert jobs.request_round(MAIN, 2)


def test_what_is_no_name_of_a_job_keeps_no_round_from_being_asked_for(
    jobs: JobQueue, line: Redis
) -> None:
    line.rpush("rq:queue:rounds", b"\xff\xfe", "../../x", "")

    assert jobs.request_round(MAIN, 1)
    assert not jobs.request_round(MAIN, 2)


def test_a_job_that_waits_ends_by_itself(jobs: JobQueue, line: Redis) -> None:
    jobs.request_round(MAIN, 1)

    assert 0 < line.ttl("rq:job:round-main-1") <= QUEUED_FOR.total_seconds()


def test_a_job_holds_a_pool_s_name_and_nothing_of_anybody(jobs: JobQueue, line: Redis) -> None:
    jobs.request_round(MAIN, 1)

    job = line.hgetall("rq:job:round-main-1")

    assert job[b"description"] == b"worker.jobs.run_round"
    assert b"meta" not in job


@pytest.mark.parametrize("the_store_is", ["well", "away"])
def test_a_job_leaves_nothing_whether_it_ends_well_or_fails(
    jobs: JobQueue, line: Redis, environ: dict[str, str], the_store_is: str
) -> None:
    if the_store_is == "away":
        environ["SANAD_STORE_URL"] = f"unix:///{CANARY}/no.sock"
    jobs.request_round(MAIN, 1)

    logged = processes.finished(environ, "-c", BURST)

    assert ("run_round failed: StoreDownError" in logged) == (the_store_is == "away")
    assert _left(line) == set()
    assert CANARY.encode() not in contents.everything(line)
    assert CANARY not in logged
    assert "Traceback" not in logged


def test_a_job_for_a_pool_of_others_fails_and_leaves_nothing(
    jobs: JobQueue, line: Redis, environ: dict[str, str]
) -> None:
    jobs.request_round(OTHER, 1)

    logged = processes.finished(environ, "-c", BURST)

    assert "run_round failed: SettingsError" in logged
    assert _left(line) == set()


def test_a_worker_tells_the_queue_nothing_of_its_machine(
    line: Redis, environ: Mapping[str, str]
) -> None:
    processes.finished(environ, "-c", BURST)

    (worker,) = line.scan_iter("rq:worker:*")
    described = line.hgetall(worker)

    assert described[b"hostname"] == described[b"ip_address"] == b""


def test_strays_are_swept_and_what_is_needed_stays(jobs: JobQueue, line: Redis) -> None:
    jobs.request_round(MAIN, 1)
    for name in ("rq:failed:rounds", "rq:finished:rounds", "rq:scheduled:rounds"):
        line.zadd(name, {"round-main-9": 1})
    line.hset("rq:job:somebody", "data", CANARY)
    line.hset("rq:job:round-main-9", "last_heartbeat", "late")
    line.xadd("rq:results:round-main-9", {"exc_string": CANARY})
    line.rpush("rq:queue:rounds", b"\xff\xfe")
    line.set("rq:queue:rounds:intermediate", CANARY)

    gone = strays.sweep(line)

    assert gone == 7
    assert CANARY.encode() not in contents.everything(line)
    assert line.lrange("rq:queue:rounds", 0, -1) == [b"round-main-1"]
    assert line.exists("rq:job:round-main-1")
    assert 0 < line.ttl("rq:job:round-main-9") <= PASSING_LIVES.total_seconds()
