"""Whatever stands under a job's key: what a worker takes for a job holds what may be in one."""

import json
import zlib
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from redis import Redis
from rq.exceptions import NoSuchJobError

from matcher.domain.jobs import ARGUMENTS, JobName, QueueName
from matcher.jobs import GuardedJob, open_queue
from matcher.store.client import texts
from tests.integration.worker import forgeries

JOB_ID = "round-main-1"
KEY = f"rq:job:{JOB_ID}"
EVERY_EXAMPLE = settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example starts anew
)

words = st.text(max_size=40)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(JobName)
of_rq = ["webhooks", "meta", "result", "exc_info", "dependency_id", "dependency_ids"]
of_rq += ["retries_left", "retry_intervals", "repeats_left", "repeat_intervals"]
of_rq += ["enqueue_at_front_on_retry", "allow_dependency_failures", "rate_limit_key"]
fields = st.sampled_from([*forgeries.PLAIN, *of_rq]) | words.filter(bool)
values = st.binary(max_size=40) | st.sampled_from([b"{}", b"[]", b"0", b"1", b"-1", b"x", b""])


def _fitting(name: JobName) -> st.SearchStrategy[list[str]]:
    return st.tuples(*(st.from_regex(p, fullmatch=True) for p in ARGUMENTS[name])).map(list)


def _packed(call: object) -> bytes:
    return zlib.compress(json.dumps(call).encode("utf-8", "surrogatepass"))


honest_calls: st.SearchStrategy[object] = names.flatmap(
    lambda name: st.tuples(st.just(name.value), st.none(), _fitting(name), st.just({}))
)
our_calls = st.tuples(names, st.none(), st.lists(words | plain, max_size=3), st.just({}))
near_calls = st.tuples(names | words, st.none() | words, plain, plain)
calls = honest_calls | our_calls | near_calls | plain
data = calls.map(_packed) | st.binary(max_size=200)


def _fetched(line: Redis, job: Mapping[str, str | bytes]) -> GuardedJob | None:
    """Put a job down as RQ keeps it, and pick it up as a worker does."""
    line.delete(KEY, "rq:queue:rounds")
    job = {name.encode("utf-8", "replace").decode(): value for name, value in job.items()}
    forgeries.queue_raw(line, JOB_ID, job)
    try:
        found = open_queue(line, QueueName.ROUNDS).fetch_job(JOB_ID)
    except NoSuchJobError:
        return None
    assert found is None or isinstance(found, GuardedJob)
    return found


@EVERY_EXAMPLE
@given(names, data)
def test_what_is_taken_for_a_job_calls_what_its_schema_allows(
    line: Redis, name: JobName, packed: bytes
) -> None:
    found = _fetched(line, {**forgeries.PLAIN, "description": name.value, "data": packed})

    _is_as_the_schema_says(line, found)


@EVERY_EXAMPLE
@given(names, fields, values)
def test_what_is_taken_for_a_job_carries_no_other_field(
    line: Redis, name: JobName, field: str, value: bytes
) -> None:
    honest: forgeries.Fields = {
        "description": name.value,
        "data": forgeries.honest_payload(name),
    }

    found = _fetched(line, {**forgeries.PLAIN, **honest, field: value})

    _is_as_the_schema_says(line, found)


def _is_as_the_schema_says(line: Redis, found: GuardedJob | None) -> None:
    """Check a job that was taken; of one that was not, nothing may be left."""
    if found is None:
        assert not line.exists(KEY)
        assert line.llen("rq:queue:rounds") == 0
        return
    patterns = ARGUMENTS[JobName(found.func_name or "")]
    assert len(found.args) == len(patterns)
    assert all(p.fullmatch(arg) for p, arg in zip(patterns, found.args, strict=True))
    assert (found.kwargs, found.webhooks) == ({}, [])
    assert found.meta.keys() <= {"done", "of"}
    assert found.description in set(JobName)
    assert set(texts(line.hkeys(KEY))) <= {*forgeries.PLAIN, "data", "meta"}
    assert (found.result_ttl, found.failure_ttl, found.group_id) == (0, 0, None)


@EVERY_EXAMPLE
@given(names.flatmap(lambda name: st.tuples(st.just(name), _fitting(name))))
def test_every_call_that_fits_its_schema_is_taken(
    line: Redis, call: tuple[JobName, list[str]]
) -> None:
    name, arguments = call
    packed = _packed([name.value, None, arguments, {}])

    found = _fetched(line, {**forgeries.PLAIN, "description": name.value, "data": packed})

    assert found is not None
    assert (found.func_name, list(found.args)) == (name.value, arguments)


@pytest.mark.parametrize("name", JobName)
def test_no_argument_of_a_job_could_hold_what_somebody_wrote(name: JobName) -> None:
    for pattern in ARGUMENTS[name]:
        for told in ("I am ill", "Nasr City, 3", "+49 30 1234", "a@b.example", "ملح", "x" * 65):
            assert pattern.fullmatch(told) is None
