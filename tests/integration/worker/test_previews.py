"""Previews on a real pool: covered counts, the same again, and no more than a day allows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis

from matcher.jobs import BOOKKEEPING, JobQueue
from matcher.store.previews import Previews as Store
from tests import compiled
from tests.integration.worker import processes
from tests.world import SEEKER, World
from worker.previews import Previews, question_of
from worker.reading import gather
from worker.wiring import previews_ground


@pytest.fixture
def kept(world: World) -> Store:
    return Store(world.backing)


@pytest.fixture
def previews(world: World) -> Previews:
    return Previews(previews_ground(world.backing))


def test_a_preview_tells_covered_counts_alone(
    world: World, kept: Store, previews: Previews
) -> None:
    for _ in range(3):
        world.seeker()
        world.peer()
    wanted = kept.want(world.rules, who="ana")

    assert previews.run(wanted)

    told = kept.answered(wanted)
    assert told is not None
    assert set(told) == {"matched", "waiting", "waits"}
    assert all(
        count is None or (count >= 15 and count % 5 == 0)
        for table in told.values()
        for count in table.values()
    )


def test_asking_again_gives_the_same_answer_whoever_has_come_since(
    world: World, kept: Store, previews: Previews
) -> None:
    first, second = kept.want(world.rules, who="ana"), kept.want(world.rules, who="ben")
    previews.run(first)
    world.seeker()

    previews.run(second)

    assert kept.answered(second) == kept.answered(first) != {}


def test_a_preview_past_the_days_last_tells_nothing(
    world: World, kept: Store, previews: Previews
) -> None:
    def ask(floor: float, who: str) -> str:
        wanted = kept.want(replace(world.rules, floor=floor), who=who)
        previews.run(wanted)
        return wanted

    asked = [ask(number / 100, f"who-{number}") for number in range(20, 30)]

    told = [kept.answered(wanted) for wanted in asked]
    assert [bool(tables) for tables in told] == [True] * 4 + [False] * 6


def test_a_preview_that_is_gone_is_no_preview(previews: Previews) -> None:
    assert not previews.run("0" * 32)


def test_anybody_who_comes_changes_or_leaves_makes_it_another_question(world: World) -> None:
    who, now = world.seeker(), world.now()

    def question() -> bytes:
        found = gather(world.census, world.settings.needs, world.rules, now=now)
        return question_of(found.crowd, world.rules, now)

    asked = [question(), question()]
    world.peer()
    asked.append(question())
    world.services.places.change(who.visitor, replace(SEEKER, needs=SEEKER.needs[:1]))
    asked.append(question())
    world.services.places.pause(who.visitor)
    asked.append(question())

    assert asked[0] == asked[1]
    assert len(set(asked)) == 4


BURST = (
    "from matcher.jobs import QueueName\n"
    "from tests.integration.worker.programs import burst; burst(QueueName.PREVIEWS)"
)


def test_a_job_carries_the_id_of_a_preview_and_leaves_nothing(
    world: World, kept: Store, line: Redis, environ: dict[str, str]
) -> None:
    compiled.ready()
    wanted = kept.want(world.rules, who="ana")
    jobs = JobQueue(line, timeout=timedelta(minutes=1))
    assert jobs.request_preview(world.settings.pool, wanted)
    assert not jobs.request_preview(world.settings.pool, wanted)
    assert b"meta" not in line.hgetall(f"rq:job:preview-{wanted}")

    logged = processes.finished(environ, "-c", BURST)

    assert "failed" not in logged
    assert kept.answered(wanted)
    names = [key.decode() for key in line.scan_iter()]
    assert [name for name in names if not BOOKKEEPING.fullmatch(name)] == []
    assert not [name for name in names if wanted in name]


def test_a_preview_waits_in_a_line_of_its_own(world: World, kept: Store, line: Redis) -> None:
    wanted = kept.want(world.rules, who="ana")

    JobQueue(line, timeout=timedelta(seconds=60)).request_preview(world.settings.pool, wanted)

    assert line.llen("rq:queue:previews") == 1
    assert not line.exists("rq:queue:rounds")
