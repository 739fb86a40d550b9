"""Which jobs there are, and what one may hold as RQ stores it: anything else is not ours."""

import json
import re
import zlib
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

MAX_JOB_BYTES = 1_000


class QueueName(StrEnum):
    """The queues; each worker serves exactly one."""

    ROUNDS = "rounds"
    PREVIEWS = "previews"


class JobName(StrEnum):
    """Dotted paths of the worker's functions; a test checks that each resolves."""

    RUN_ROUND = "worker.jobs.run_round"
    RUN_PREVIEW = "worker.jobs.run_preview"


_POOL = re.compile(r"[a-z][a-z0-9-]{0,31}")
ARGUMENTS: Mapping[JobName, tuple[re.Pattern[str], ...]] = {
    JobName.RUN_ROUND: (_POOL,),
    JobName.RUN_PREVIEW: (_POOL, re.compile(r"[0-9a-f]{32}")),
}


class Progress(NamedTuple):
    """How many steps of a job are done."""

    done: int
    of: int


_MOMENT = rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z)"
_NOTHING = re.compile(rb"")
PROGRESS = re.compile(rb'\{"done": (\d{1,3}), "of": (\d{1,3})\}')
"""How far a job has come, as RQ writes it."""

_SECONDS = re.compile(rb"[1-9]\d{0,3}")

_FIELDS: Mapping[bytes, re.Pattern[bytes]] = {
    b"data": re.compile(rb".{1,%d}" % MAX_JOB_BYTES, re.DOTALL),
    b"origin": re.compile("|".join(QueueName).encode()),
    b"description": re.compile("|".join(map(re.escape, JobName)).encode()),
    b"status": re.compile(rb"queued|started|finished|failed|stopped"),
    b"timeout": _SECONDS,
    b"result_ttl": re.compile(rb"0"),
    b"failure_ttl": re.compile(rb"0"),
    b"created_at": re.compile(_MOMENT),
    b"ttl": _SECONDS,
    b"enqueued_at": re.compile(_MOMENT),
    b"started_at": re.compile(_MOMENT + rb"?"),
    b"ended_at": re.compile(_MOMENT + rb"?"),
    b"last_heartbeat": re.compile(_MOMENT + rb"?"),
    b"worker_name": re.compile(rb"([0-9a-f]{32})?"),
    b"success_callback_name": _NOTHING,
    b"failure_callback_name": _NOTHING,
    b"stopped_callback_name": _NOTHING,
    b"group_id": _NOTHING,
    b"meta": PROGRESS,
}
"""Every field of a job of ours, and what it may hold. Any other field (webhooks, dependencies,
retries, repeats, rate limits, results) makes a job foreign."""

_NEEDED = frozenset(
    {b"data", b"origin", b"description", b"status", b"timeout", b"result_ttl", b"failure_ttl"}
)


def is_ours(raw: Mapping[bytes, bytes]) -> bool:
    """Tell whether a job, as RQ stores it, is one of ours and carries nothing else."""
    if not _NEEDED <= raw.keys() <= _FIELDS.keys():
        return False
    if any(_FIELDS[field].fullmatch(value) is None for field, value in raw.items()):
        return False
    return is_call(_unpacked(raw[b"data"]))


def _unpacked(data: bytes) -> object:
    """Read the call, if it is small and JSON; never more than `MAX_JOB_BYTES` of it."""
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(data, MAX_JOB_BYTES)
        return json.loads(plain) if unpacker.eof and not unpacker.unused_data else None
    except (zlib.error, ValueError, RecursionError):
        return None


def is_call(call: object) -> bool:
    """Tell whether this is a function of ours with arguments that fit it."""
    match call:
        case [str(name), None, list(args), dict(kwargs)]:
            return name in set(JobName) and not kwargs and _fits(JobName(name), args)
        case _:
            return False


def _fits(name: JobName, args: list[object]) -> bool:
    patterns = ARGUMENTS[name]
    return len(args) == len(patterns) and all(
        isinstance(arg, str) and pattern.fullmatch(arg) is not None
        for arg, pattern in zip(args, patterns, strict=True)
    )
