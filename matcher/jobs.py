"""The only door to the worker: which jobs there are, how to ask for one, what is refused."""

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from redis import Redis
from redis.exceptions import ResponseError
from rq import Queue
from rq.exceptions import DuplicateJobError, NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer

from matcher.settings.model import PoolName

MAX_JOB_BYTES = 1_000
MAX_LOOKED_AT = 100
QUEUED_FOR = timedelta(seconds=60)
ANSWER = timedelta(seconds=5)


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


_QUEUES = "|".join(QueueName)
_WORKER = "[0-9a-f]{32}"
_JOB = r"(round-[a-z][a-z0-9-]{0,31}-[0-9]{1,12}|preview-[0-9a-f]{32})"

_ID = re.compile(_JOB)

LASTING = re.compile(
    rf"rq:(queues|workers(:({_QUEUES}))?|queue:({_QUEUES})(:intermediate)?|wip:({_QUEUES}))"
)
"""Lists of what is going on; they hold names only and empty themselves."""

PASSING = re.compile(
    rf"rq:(job:{_JOB}|executions?:{_JOB}(:{_WORKER})?|worker:{_WORKER}(:executions)?"
    rf"|clean_registries:({_QUEUES})|queue:({_QUEUES}):intermediate:first_seen:{_JOB})"
)
"""What belongs to one job, one worker or one minute."""

PASSING_LIVES = timedelta(minutes=10)
"""How long the clock lets such a key live; RQ gives a job no end while it runs."""

PASSING_MOST = timedelta(days=1)
"""How long RQ itself lets one live, for the minute until the clock has seen it."""

BOOKKEEPING = re.compile(f"{LASTING.pattern}|{PASSING.pattern}")
"""Everything that may be on the queue server."""


class Progress(NamedTuple):
    """How many steps of a job are done."""

    done: int
    of: int


class JobRefusedError(Exception):
    """A job is not one of ours; it is dropped unread."""


class JobQueue:
    """Asks for work without importing the code that does it."""

    def __init__(self, redis: Redis, *, timeout: timedelta) -> None:
        self._queue = open_queue(redis, QueueName.ROUNDS)
        self._previews = open_queue(redis, QueueName.PREVIEWS)
        self._timeout = timeout

    def request_round(self, pool: PoolName, tick: int) -> bool:
        """Ask for one round over `pool`; False when one is already waiting to be run.

        A round that waits will see everybody who has come by then, so a second one in the
        line would only repeat it. The id is new for each tick: a killed job keeps its id taken.
        """
        if self._is_waiting(pool):
            return False
        job_id = f"{_round_prefix(pool)}{tick}"
        return self._request(self._queue, JobName.RUN_ROUND, (pool,), job_id)

    def request_preview(self, pool: PoolName, preview: str) -> bool:
        """Ask for one preview, once; what is wanted stands in the store under its id."""
        words = pool, preview
        name = JobName.RUN_PREVIEW
        return self._request(self._previews, name, words, _preview_id(preview))

    def progress(self, preview: str) -> Progress | None:
        """Tell how far a preview has come; None where no job is queued or running."""
        job = f"{Job.redis_job_namespace_prefix}{_preview_id(preview)}"
        told: dict[bytes, bytes] = self._previews.connection.execute_command("HGETALL", job)
        if not told:
            return None
        found = _PROGRESS.fullmatch(told.get(b"meta", b""))
        return Progress(int(found[1]), int(found[2])) if found else Progress(0, 1)

    def _request(self, queue: Queue, name: JobName, args: tuple[str, ...], job_id: str) -> bool:
        try:
            queue.enqueue(
                name.value,
                args=args,
                job_id=job_id,
                unique=True,
                description=name.value,
                result_ttl=0,
                failure_ttl=0,
                ttl=int(QUEUED_FOR.total_seconds()),
                job_timeout=int(self._timeout.total_seconds()),
            )
        except DuplicateJobError:
            return False
        return True

    def _is_waiting(self, pool: PoolName) -> bool:
        line = ("LRANGE", self._queue.key, 0, MAX_LOOKED_AT)
        ids: list[bytes] = self._queue.connection.execute_command(*line)
        return any(raw.startswith(_round_prefix(pool).encode()) for raw in ids)


class GuardedJob(Job):
    """A job that is one of `JobName`, with its arguments and nothing else, or does not exist.

    Whoever can write to the queue server could otherwise have a worker import any function,
    call any callback or any URL, or load a pickle. Everything RQ would read is checked before
    RQ reads it; what fails is deleted, and RQ is told that there is no such job.
    """

    def restore(self, raw_data: Mapping[bytes, bytes]) -> None:
        """Take over what is stored under this job's key, if it is ours."""
        if not (_ID.fullmatch(self.id) and is_ours(raw_data)):
            self._drop()
            raise NoSuchJobError("refused")
        super().restore(raw_data)

    def perform(self) -> Any:  # noqa: ANN401 - RQ's own signature
        """Run the job, after one more look at what is about to be called."""
        call = [self.func_name, self.instance, list(self.args), self.kwargs]
        if not _is_call(call):
            raise JobRefusedError
        return super().perform()

    @classmethod
    def fetch(cls, id: str, connection: Redis | None = None, serializer: Any = None) -> Job:  # noqa: A002, ANN401 - RQ's own signature
        """Find a job; an impossible id or a key of another kind is no job either."""
        try:
            return super().fetch(id, connection=connection, serializer=serializer)
        except (ValueError, ResponseError):
            raise NoSuchJobError("refused") from None

    @classmethod
    def fetch_many(
        cls,
        job_ids: Iterable[str],
        connection: Redis,
        serializer: Any = None,  # noqa: ANN401 - RQ's own signature
    ) -> list[Job | None]:
        """Find several jobs; None for each that is not there or not ours."""
        return [_fetch_or_none(cls, job_id, connection, serializer) for job_id in job_ids]

    def _drop(self) -> None:
        self.connection.delete(self.key, self.dependents_key, self.dependencies_key)
        for name in QueueName:
            line = f"{Queue.redis_queue_namespace_prefix}{name}"
            self.connection.lrem(line, 0, self.id)
            self.connection.lrem(f"{line}:intermediate", 0, self.id)


def connect(url: str) -> Redis:
    """Reach the queue server; opens no connection before the first command."""
    return Redis.from_url(url, socket_timeout=ANSWER.total_seconds())


def open_queue(redis: Redis, name: QueueName) -> Queue:
    """Open one queue the way all of Sanad does: JSON only, guarded jobs only."""
    return Queue(name.value, connection=redis, serializer=JSONSerializer, job_class=GuardedJob)


def _round_prefix(pool: PoolName) -> str:
    return f"round-{pool}-"


def _preview_id(preview: str) -> str:
    return f"preview-{preview}"


def note_progress(job: Job | None, progress: Progress) -> None:
    """Write into a running job how far it has come; nothing where there is none."""
    if job is not None:
        job.meta = progress._asdict()
        job.save_meta()  # type: ignore[no-untyped-call]  # RQ's


def _fetch_or_none(
    kind: type[GuardedJob],
    job_id: str,
    connection: Redis,
    serializer: Any,  # noqa: ANN401 - RQ's own signature
) -> Job | None:
    try:
        return kind.fetch(job_id, connection=connection, serializer=serializer)
    except NoSuchJobError:
        return None


_MOMENT = rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z)"
_NOTHING = re.compile(rb"")
_PROGRESS = re.compile(rb'\{"done": (\d{1,3}), "of": (\d{1,3})\}')
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
    b"meta": _PROGRESS,
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
    return _is_call(_unpacked(raw[b"data"]))


def _unpacked(data: bytes) -> object:
    """Read the call, if it is small and JSON; never more than `MAX_JOB_BYTES` of it."""
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(data, MAX_JOB_BYTES)
        return json.loads(plain) if unpacker.eof and not unpacker.unused_data else None
    except (zlib.error, ValueError, RecursionError):
        return None


def _is_call(call: object) -> bool:
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
