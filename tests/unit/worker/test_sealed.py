"""Nothing but the kind of an error leaves a job: no text, no cause, no frame of it."""

import traceback

import pytest

from worker.sealed import JobFailedError, sealed

CANARY = "somebody's words"


@sealed
def fails(words: str) -> None:
    """Fail the way jobs do, with what they worked on in the error."""
    try:
        int(words)
    except ValueError as error:
        raise KeyError(words) from error


@sealed
def adds(one: int, *, other: int) -> int:
    return one + other


def test_a_failing_job_tells_only_the_kind_of_its_error() -> None:
    with pytest.raises(JobFailedError) as caught:
        fails(CANARY)

    assert str(caught.value) == "KeyError"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_the_trace_of_a_failed_job_holds_nothing_of_it() -> None:
    with pytest.raises(JobFailedError) as caught:
        fails(CANARY)

    written = "".join(traceback.format_exception(caught.value))

    assert CANARY not in written
    assert "raise KeyError" not in written


def test_a_job_that_ends_well_returns_as_ever() -> None:
    assert adds(1, other=2) == 3
