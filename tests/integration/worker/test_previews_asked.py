"""Previews as the console asks for them: with its own few rights, run by a real worker."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis
from redis.exceptions import NoPermissionError

from matcher.domain.errors import SettingsError, StoreDownError
from matcher.domain.jobs import Progress
from matcher.domain.preview import Crowd, Group
from matcher.jobs import JobQueue, connect
from matcher.local.acl import GRANTS, Role, ServerName
from matcher.service.previews import Previews, Stage
from tests.integration.worker import processes
from tests.servers import Running
from tests.waiting import until
from tests.world import World

FEW = Crowd(seekers=60, peers=20)
MANY = Crowd(seekers=10_000, peers=3_000)
TIMEOUT = timedelta(minutes=1)


@pytest.fixture
def console(queue: Running) -> Iterator[Redis]:
    with connect(queue.url(Role.CONSOLE)) as client:
        yield client


@pytest.fixture
def previews(world: World, console: Redis) -> Previews:
    return Previews(world.backing, JobQueue(console, timeout=TIMEOUT))


def ask(previews: Previews, world: World, crowd: Crowd | None = FEW) -> str:
    other = replace(world.rules, floor=0.5)
    return previews.ask(world.rules, other, who="ana", crowd=crowd)


def test_a_worker_answers_what_the_console_asked(
    previews: Previews, world: World, environ: dict[str, str]
) -> None:
    first, second = ask(previews, world), ask(previews, world, crowd=None)
    assert previews.progress(first) == (Stage.QUEUED, Progress(0, 1))
    assert previews.result(first) is None

    with processes.running(environ, "-m", "worker.main", "--queue", "previews"):
        until(lambda: previews.result(second), "both were run")

    drawn, live = previews.result(first), previews.result(second)
    assert drawn is not None
    assert drawn.drawn is not None
    assert drawn.drawn[0].groups != drawn.drawn[1].groups
    assert all(isinstance(one, Group) for one in drawn.drawn[0].groups.values())
    assert live is not None
    assert live.live
    assert previews.progress(first)[0] is Stage.DONE


def test_a_running_preview_says_how_far_it_is(
    previews: Previews, world: World, line: Redis
) -> None:
    asked = ask(previews, world)
    line.hset(f"rq:job:preview-{asked}", "meta", '{"done": 1, "of": 3}')

    assert previews.progress(asked) == (Stage.RUNNING, Progress(1, 3))


def test_what_stands_under_a_job_and_is_no_progress_is_not_told(
    previews: Previews, world: World, line: Redis
) -> None:
    asked = ask(previews, world)
    line.hset(f"rq:job:preview-{asked}", "meta", '{"done": "<b>", "of": 3}')

    assert previews.progress(asked) == (Stage.QUEUED, Progress(0, 1))


def test_a_cancelled_preview_is_never_answered(
    previews: Previews, world: World, environ: dict[str, str]
) -> None:
    first, second = ask(previews, world), ask(previews, world)
    previews.cancel(first)

    assert previews.progress(first)[0] is Stage.GONE
    with processes.running(environ, "-m", "worker.main", "--queue", "previews"):
        until(lambda: previews.result(second), "the other one was run")
    assert previews.result(first) is None


def test_a_preview_cancelled_while_it_runs_ends_and_lets_the_next_begin(
    previews: Previews, world: World, environ: dict[str, str]
) -> None:
    first = ask(previews, world, MANY)
    with processes.running(environ, "-m", "worker.main", "--queue", "previews"):
        until(lambda: previews.progress(first)[0] is Stage.RUNNING, "it runs")
        previews.cancel(first)
        assert previews.progress(first)[0] is Stage.GONE
        second = ask(previews, world)
        until(lambda: previews.result(second), "the other one was run")

    assert previews.result(first) is None


def test_without_the_queue_a_page_is_told_so_in_the_words_of_pages(world: World) -> None:
    away = JobQueue(connect("unix:///nowhere/no.sock"), timeout=TIMEOUT)
    previews = Previews(world.backing, away)

    with pytest.raises(StoreDownError):
        ask(previews, world)
    with pytest.raises(StoreDownError):
        previews.progress("0" * 32)


def test_a_preview_that_never_was_is_gone(previews: Previews) -> None:
    assert previews.progress("0" * 32)[0] is Stage.GONE


@pytest.mark.parametrize(
    "crowd",
    [
        Crowd(seekers=0),
        Crowd(seekers=10_001),
        Crowd(peers=3_001),
        Crowd(mix={"no-such-group": 2}),
        Crowd(mix={"home": 11}),
        Crowd(mix={"home": -1}),
        Crowd(languages={"xx": 1}),
        Crowd(languages={"ar": 11}),
        Crowd(young=-1),
        Crowd(burdened=11),
        Crowd(minors=0.6),
    ],
)
def test_a_crowd_that_is_too_large_or_unknown_is_refused(
    previews: Previews, world: World, line: Redis, crowd: Crowd
) -> None:
    with pytest.raises(SettingsError):
        ask(previews, world, crowd)

    assert not line.llen("rq:queue:previews")


def test_the_console_gives_every_command_of_its_grant_and_asks_for_no_round(
    previews: Previews, world: World, console: Redis, line: Redis, queue: Running
) -> None:
    line.script_flush()
    line.config_resetstat()

    previews.progress(ask(previews, world))

    given = {name.removeprefix("cmdstat_") for name in line.info("commandstats")}
    granted = set(GRANTS[ServerName.QUEUE][Role.CONSOLE].commands)
    assert granted - given <= {"ping", "client|setinfo", "multi", "exec", "script|load"}
    with pytest.raises(NoPermissionError):
        JobQueue(console, timeout=TIMEOUT).request_round(world.settings.pool, 1)
    assert queue.refused()
    queue.forgive()
