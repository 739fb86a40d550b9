"""Jobs as somebody would write them who can write to the queue server and wants code to run."""

import json
import pickle  # noqa: TID251 - forged jobs are what this is about
import zlib
from collections.abc import Iterator, Mapping
from itertools import product

from redis import Redis

TRAP = "tests.integration.worker.programs.spring"
HONEST = "worker.jobs.run_round"
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

        return spring, ("pickle",)


def calls() -> list[object]:
    """List calls that are not ours."""
    names = [
        TRAP,
        "os.system",
        "subprocess.call",
        "builtins.exec",
        "worker.jobs.secrets.token_hex",
    ]
    names += [
        "worker.sealed.sealed",
        "worker.wiring.rounds",
        "matcher.jobs.connect",
        "",
        "x",
        ".",
    ]
    arguments: list[object] = [[], ["main"], ["touch x"], [["touch", "x"]]]
    foreign: list[object] = [[name, None, args, {}] for name, args in product(names, arguments)]
    wrong = [["main", "main"], [1], [None], [["main"]], ["MAIN"], ["../x"], ["m" * 40], ["a\n"]]
    foreign += [[HONEST, None, args, {}] for args in wrong]
    foreign += [[HONEST, None, ["main"], {"seed": 1}], [HONEST, TRAP, ["main"], {}]]
    return [
        *foreign,
        [HONEST, None, ["main"]],
        {},
        None,
        HONEST,
        [[HONEST], None, ["main"], {}],
    ]


def payloads() -> Iterator[bytes]:
    """Write those calls in every way a worker might read."""
    for call in calls():
        written = json.dumps(call).encode()
        yield from (written, zlib.compress(written), zlib.compress(written) + b"x")
        yield zlib.compress(written + b" " * 1_000_000)
        yield from (pickle.dumps(call), zlib.compress(pickle.dumps(call)))
    yield from (pickle.dumps(Bomb()), zlib.compress(pickle.dumps(Bomb())), b"", b"\xff\x00")
    yield zlib.compress(b"[" * 5_000)


def extras(webhook: str) -> Iterator[Fields]:
    """List what makes an honest call dishonest."""
    for moment in ("success", "failure", "stopped"):
        yield {f"{moment}_callback_name": TRAP}
    for status in ("finished", "failed"):
        hook = {"url": webhook, "job_status": status, "method": "POST"}
        yield {"webhooks": json.dumps([hook])}
    for field in ("meta", "result"):
        yield {field: pickle.dumps(Bomb())}
        yield {field: b"{}"}
    yield {"dependency_ids": '["round-main-9"]', "dependency_id": "round-main-9"}
    yield {"repeats_left": "5", "repeat_intervals": "[0]"}
    yield {"retries_left": "5", "retry_intervals": "[0]"}
    yield {"enqueue_at_front_on_retry": "1"}
    yield {"group_id": "everybody"}
    yield {"rate_limit_key": "k", "rate_limit_concurrency": "1"}
    yield from ({"result_ttl": ttl} for ttl in ("-1", "500", "x"))
    yield from ({"failure_ttl": ttl} for ttl in ("-1", "31536000"))
    yield from ({"timeout": time} for time in ("-1", "99999", "x"))
    yield from ({"origin": "elsewhere"}, {"description": "names somebody"}, {"status": "odd"})
    yield from ({"created_at": "never"}, {"worker_name": "a" * 99}, {"exc_info": b"told"})


def honest_payload() -> bytes:
    """Write the one call that is ours."""
    return zlib.compress(json.dumps([HONEST, None, ["main"], {}]).encode())


def forge_all(redis: Redis, webhook: str, *, times: int = 1) -> int:
    """Queue every forgery; returns how many jobs that were."""
    jobs: list[Fields] = [{**PLAIN, "data": payload} for payload in payloads()]
    jobs += [{**PLAIN, "data": honest_payload(), **extra} for extra in extras(webhook)]
    for number, job in enumerate(jobs * times):
        queue_raw(redis, f"round-main-{number}", job)
    return len(jobs) * times


def queue_raw(redis: Redis, job_id: str, job: Fields) -> None:
    """Write a job the way RQ keeps it."""
    words = [word for pair in job.items() for word in pair]
    redis.execute_command("HSET", f"rq:job:{job_id}", *words)
    redis.rpush("rq:queue:rounds", job_id)
