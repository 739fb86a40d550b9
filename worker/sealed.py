"""Nothing but the kind of a failure leaves a job."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class JobFailedError(Exception):
    """A job failed; only the name of the original error is told."""


def sealed(job: Callable[P, R]) -> Callable[P, R]:
    """Keep the text and the trace of any exception out of the queue server and the log.

    The new error is raised after the old one has been left behind: no cause, no context.
    """

    @wraps(job)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return job(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - nothing may pass unsealed
            kind = type(error).__name__
        raise JobFailedError(kind)

    return run
