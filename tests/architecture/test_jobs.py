"""The names of jobs, which are text on one side and functions on the other."""

import inspect
from pkgutil import resolve_name

import pytest

from matcher.domain.jobs import ARGUMENTS, JobName


@pytest.mark.parametrize("name", list(JobName))
def test_every_job_name_leads_to_a_function_of_the_worker(name: JobName) -> None:
    function = resolve_name(name.value)

    assert inspect.unwrap(function).__module__ == "worker.jobs"
    assert len(inspect.signature(function).parameters) == len(ARGUMENTS[name])
