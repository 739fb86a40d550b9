"""Keeps the queue server free of everything but what RQ needs while it runs."""

from collections.abc import Iterator

from redis import Redis
from rq.job import JOB_ID_PATTERN

from matcher.domain.jobs import QueueName
from matcher.jobs import LASTING, PASSING, PASSING_LIVES


def sweep(redis: Redis) -> int:
    """Delete every key RQ does not need now and bound the life of the rest; returns how many.

    A failed job's text, a result, a registry of the finished or of anything else that we never
    use goes, whoever has put it there. So does what is no job id from the lines of the queues.
    """
    gone = 0
    for raw in redis.scan_iter(count=500):
        name = raw.decode(errors="replace")
        if PASSING.fullmatch(name):
            _bound(redis, name)
        elif not LASTING.fullmatch(name):
            gone += int(redis.delete(raw))
    return gone + sum(_clean(redis, line) for line in _lines())


def _bound(redis: Redis, name: str) -> None:
    """Let a key end some time: RQ makes a started job's lasting, and may then be killed."""
    longest = int(PASSING_LIVES.total_seconds())
    left = int(redis.ttl(name))
    if left == -1 or left > longest:
        redis.expire(name, longest)


def _clean(redis: Redis, line: str) -> int:
    """Take out of a line what would stop the worker that reads it."""
    if redis.type(line) not in {b"list", b"none"}:
        return int(redis.delete(line))
    members: list[bytes] = redis.execute_command("LRANGE", line, 0, -1)
    unusable = {raw for raw in members if not _is_job_id(raw)}
    return sum(redis.execute_command("LREM", line, 0, raw) for raw in unusable)


def _is_job_id(raw: bytes) -> bool:
    return JOB_ID_PATTERN.fullmatch(raw.decode(errors="replace")) is not None


def _lines() -> Iterator[str]:
    for name in QueueName:
        yield f"rq:queue:{name}"
        yield f"rq:queue:{name}:intermediate"
