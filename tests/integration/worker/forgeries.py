"""Jobs as somebody would write them who can write to the queue server and wants code to run."""

import json
import pickle  # noqa: TID251 - forged jobs are what this is about
import zlib
from collections.abc import Iterator, Mapping
from itertools import chain, combinations, product

from redis import Redis

from matcher.domain.jobs import ARGUMENTS, JobName, QueueName

CANARY = "canary-6d1e"
"""Stands in every forged job: in names, arguments, texts, addresses, and in some ids."""

TRAP = "tests.integration.worker.programs.spring"
HONEST = JobName.RUN_ROUND
Fields = Mapping[str, str | bytes]

PLAIN: Fields = {
    "created_at": "2026-01-01T00:00:00.000000Z",
    "enqueued_at": "2026-01-01T00:00:00.000000Z",
    "origin": "rounds",
    "description": HONEST,
    "timeout": "60",
    "result_ttl": "0",
    "failure_ttl": "0",
    "status": "queued",
    "ttl": "60",
    "success_callback_name": "",
    "failure_callback_name": "",
    "stopped_callback_name": "",
    "started_at": "",
    "ended_at": "",
    "last_heartbeat": "",
    "worker_name": "",
    "group_id": "",
}


class Bomb:
    """Runs the trap when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        from tests.integration.worker.programs import spring  # noqa: PLC0415 - as a forger would

        return spring, (CANARY,)


def fitting(name: JobName) -> list[str]:
    """Choose arguments that a job of ours could have."""
    candidates = ("main", "0" * 32, "0" * 22, "0" * 64, "1")
    return [next(c for c in candidates if p.fullmatch(c)) for p in ARGUMENTS[name]]


def calls() -> Iterator[object]:
    """List calls that are not ours."""
    names = [TRAP, "os.system", "subprocess.call", "builtins.exec", "builtins.eval"]
    names += [
        "worker.jobs.secrets.token_hex",
        "worker.jobs.wiring.rounds",
        "worker.jobs.sealed",
    ]
    names += ["worker.sealed.sealed", "worker.wiring.rounds", "matcher.jobs.connect"]
    names += ["", "x", ".", f"{CANARY}.run", "worker.jobs.__builtins__.exec"]
    arguments: list[object] = [[], ["main"], [f"touch {CANARY}"], [["touch", CANARY]]]
    yield from ([name, None, args, {}] for name, args in product(names, arguments))
    for name in JobName:
        yield from _misused(name, fitting(name))


def _misused(name: JobName, args: list[str]) -> Iterator[object]:
    """List calls of a function of ours with what it does not take."""
    odd: list[object] = [1, None, ["main"], "MAIN", "../x", "m" * 99, "a\n", "", CANARY + "_"]
    yield from ([name, None, [wrong, *args[1:]], {}] for wrong in odd)
    yield from ([name, None, given, {}] for given in ([*args, "main"], [], {"0": "main"}))
    yield [name, None, args, {"seed": CANARY}]
    yield [name, TRAP, args, {}]
    yield [name, None, args]
    yield [[name], None, args, {}]
    yield from ({}, None, name, [name, None, args, {}, {}])


def payloads() -> Iterator[bytes]:
    """Write those calls in every way a worker might read."""
    for call in calls():
        written = json.dumps(call).encode()
        yield from (written, zlib.compress(written), zlib.compress(written) + b"x")
        yield zlib.compress(written + b" " * 1_000_000)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            yield from _both_ways(pickle.dumps(call, protocol))
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        yield from _both_ways(pickle.dumps(Bomb(), protocol))
    yield from (b"", b"\xff\x00", zlib.compress(b"[" * 5_000))


def _both_ways(written: bytes) -> tuple[bytes, bytes]:
    return written, zlib.compress(written)


def extras(webhook: str) -> Iterator[Fields]:
    """List what makes an honest call dishonest."""
    for moment in ("success", "failure", "stopped"):
        yield {f"{moment}_callback_name": TRAP}
    for status, method in product(("finished", "failed"), ("GET", "POST")):
        yield {"webhooks": hooks(webhook, status, method)}
    for field in ("meta", "result"):
        yield {field: pickle.dumps(Bomb())}
        yield {field: b"{}"}
        yield {field: json.dumps({"told": CANARY})}
    yield {"dependency_ids": '["round-main-9"]', "dependency_id": "round-main-9"}
    yield {"allow_dependency_failures": "1"}
    yield {"repeats_left": "5", "repeat_intervals": "[0]"}
    yield {"retries_left": "5", "retry_intervals": "[0]"}
    yield {"enqueue_at_front_on_retry": "1"}
    yield {"group_id": CANARY}
    yield {"rate_limit_key": "k", "rate_limit_concurrency": "1"}
    yield from ({"result_ttl": ttl} for ttl in ("-1", "500", "x"))
    yield from ({"failure_ttl": ttl} for ttl in ("-1", "31536000"))
    yield from ({"timeout": time} for time in ("-1", "99999", "x"))
    yield from ({"origin": CANARY}, {"description": CANARY}, {"status": CANARY})
    yield from ({"created_at": CANARY}, {"worker_name": CANARY}, {"exc_info": CANARY})


def hooks(url: str, status: str, method: str = "POST") -> str:
    """Ask for a call of `url` when a job has ended."""
    return json.dumps([{"url": url, "job_status": status, "method": method}])


def honest_payload(name: JobName = HONEST) -> bytes:
    """Write a call that is ours."""
    return zlib.compress(json.dumps([name, None, fitting(name), {}]).encode())


def all_jobs(webhook: str) -> list[Fields]:
    """List every forgery once."""
    jobs: list[Fields] = [{**PLAIN, "data": payload} for payload in payloads()]
    single = list(extras(webhook))
    double = [{**one, **other} for one, other in combinations(single, 2)]
    for name, extra in product(JobName, chain(single, double)):
        plain = {**PLAIN, "description": name, "data": honest_payload(name)}
        jobs.append({**plain, **extra})
    return [dict(job) for job in {tuple(sorted(job.items())): job for job in jobs}.values()]


def forge_all(redis: Redis, webhook: str, queue: QueueName) -> int:
    """Queue every forgery, half of them under ids like ours; returns how many there are."""
    jobs = all_jobs(webhook)
    for number, job in enumerate(jobs):
        job_id = f"round-main-{number}" if number % 2 else f"{CANARY}-{number}"
        queue_raw(redis, job_id, job, queue)
    return len(jobs)


def queue_raw(
    redis: Redis, job_id: str, job: Fields, queue: QueueName = QueueName.ROUNDS
) -> None:
    """Write a job the way RQ keeps it."""
    words = [word for pair in job.items() for word in pair]
    redis.execute_command("HSET", f"rq:job:{job_id}", *words)
    redis.rpush(f"rq:queue:{queue}", job_id)
