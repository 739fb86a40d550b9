"""The only door to the worker: how to ask for a job, and what is dropped unread."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from redis import Redis
from redis.exceptions import RedisError, ResponseError
from rq import Queue
from rq.exceptions import DuplicateJobError, NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer

from matcher.domain.errors import StoreDownError
from matcher.domain.jobs import PROGRESS, JobName, Progress, QueueName, is_call, is_ours
from matcher.settings.model import PoolName

MAX_LOOKED_AT = 100
QUEUED_FOR = timedelta(seconds=60)
ANSWER = timedelta(seconds=5)

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
        """Ask for one preview, once; what is wanted stands in the store under its id.

        Raises
        ------
        StoreDownError
            If the queue server does not answer.
        """
        words = pool, preview
        name = JobName.RUN_PREVIEW
        with _answering():
            return self._request(self._previews, name, words, _preview_id(preview))

    def progress(self, preview: str) -> Progress | None:
        """Tell how far a preview has come; None where no job is queued or running.

        Raises
        ------
        StoreDownError
            If the queue server does not answer.
        """
        job = f"{Job.redis_job_namespace_prefix}{_preview_id(preview)}"
        with _answering():
            told: dict[bytes, bytes] = self._previews.connection.execute_command("HGETALL", job)
        if not told:
            return None
        found = PROGRESS.fullmatch(told.get(b"meta", b""))
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
        if not is_call(call):
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


@contextmanager
def _answering() -> Iterator[None]:
    """Tell a page that the server is away in the words of pages, and without its address."""
    try:
        yield
    except RedisError:
        raise StoreDownError from None


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
