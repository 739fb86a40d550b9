"""RQ's worker, told to keep to itself what it would write and log about jobs and machines."""

import sys
from types import TracebackType
from typing import Any

from redis import Redis
from rq import Queue, SpawnWorker, Worker
from rq.defaults import DEFAULT_LOGGING_DATE_FORMAT, DEFAULT_LOGGING_FORMAT
from rq.executions import Execution
from rq.job import Job
from rq.registry import StartedJobRegistry
from rq.serializers import JSONSerializer

from matcher.domain.jobs import QueueName
from matcher.jobs import GuardedJob, open_queue
from worker import lifeline
from worker.sealed import JobFailedError

WORKER_TTL_S = 30
MONITORING_S = 5
MAINTENANCE_S = 15


class QuietWorker(Worker):
    """Runs guarded jobs in forked horses that end with it."""

    max_connection_wait_time = 5.0  # nobody waits a minute for a server that is back
    log_result_lifespan = False
    was_asked_to_stop = False
    _held: int | None = None

    def bootstrap(
        self,
        logging_level: str | None = "INFO",
        date_format: str = DEFAULT_LOGGING_DATE_FORMAT,
        log_format: str = DEFAULT_LOGGING_FORMAT,
    ) -> None:
        """Take the horses' lifeline before anything can be run."""
        self._held = lifeline.hold()
        super().bootstrap(logging_level, date_format, log_format)

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """Run the job in the new process, for as long as the worker lives."""
        lifeline.follow(self._held)
        super().main_work_horse(job, queue)

    def serialize(self) -> dict[str, Any]:
        """Describe this worker without its machine."""
        return {**super().serialize(), "hostname": ""}

    def _set_ip_address(self, connection: Redis) -> None:  # noqa: ARG002 - RQ's own signature
        """Do not ask for it, nor give the connection a name: a worker may neither."""
        self.ip_address = ""

    def clean_group_registries(self) -> None:
        """Do nothing: no job of ours is in a group."""

    def handle_warm_shutdown_request(self) -> None:
        """Remember that ending was asked for."""
        self.was_asked_to_stop = True

    def handle_exception(
        self,
        job: Job,
        *exc_info: type[BaseException] | BaseException | TracebackType | None,
    ) -> None:
        """Log what kind of failure it was, never its text."""
        error = exc_info[1]
        kind = str(error) if isinstance(error, JobFailedError) else type(error).__name__
        self.log.error("%s failed: %s", job.description, kind)

    def handle_job_failure(
        self,
        job: Job,
        queue: Queue,
        started_job_registry: StartedJobRegistry | None = None,
        exc_string: str = "",  # noqa: ARG002 - it is what must not be written
        execution: Execution | None = None,
    ) -> None:
        """Forget the job; what went wrong was never written anywhere."""
        super().handle_job_failure(job, queue, started_job_registry, "", execution)
        job.failed_job_registry.remove(job)


class SpawningWorker(QuietWorker, SpawnWorker):
    """The same with spawned horses, for systems where a fork is not safe."""


def hire(name: QueueName, redis: Redis) -> QuietWorker:
    """Set up a worker for one queue; with two, jobs of a killed one are in no list at all."""
    kind = SpawningWorker if sys.platform == "darwin" else QuietWorker
    return kind(
        [open_queue(redis, name)],
        connection=redis,
        job_class=GuardedJob,
        serializer=JSONSerializer,
        log_job_description=False,
        worker_ttl=WORKER_TTL_S,
        job_monitoring_interval=MONITORING_S,
        maintenance_interval=MAINTENANCE_S,
    )
