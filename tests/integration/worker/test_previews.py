"""Previews on a real pool: covered counts, the same again, and no more than a day allows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis

from matcher.domain.jobs import Progress
from matcher.domain.preview import SIDES, Crowd, Tables
from matcher.engine.mixing import draw_mixed
from matcher.jobs import BOOKKEEPING, JobQueue
from matcher.store.previews import Previews as Store, Wanted
from tests import compiled
from tests.integration.worker import processes
from tests.world import SEEKER, World
from worker.previews import SEED, Previews, question_of
from worker.reading import gather
from worker.wiring import previews_ground
from worker.wishes import left_out

FEW = Crowd(seekers=60, peers=20)


@pytest.fixture
def kept(world: World) -> Store:
    return Store(world.backing)


@pytest.fixture
def noted() -> list[Progress]:
    return []


@pytest.fixture
def previews(world: World, noted: list[Progress]) -> Previews:
    return Previews(previews_ground(world.backing), noted.append)


def wanted(world: World, *, floor: float = 0.3, who: str = "ana") -> Wanted:
    """Want the people who wait to be seen by rules with another floor."""
    return Wanted(before=world.rules, after=replace(world.rules, floor=floor), who=who)


def live(kept: Store, preview: str) -> Tables:
    found = kept.answered(preview)
    assert found is not None
    assert found.live is not None
    return found.live


def test_a_preview_tells_covered_counts_alone(
    world: World, kept: Store, previews: Previews
) -> None:
    for _ in range(3):
        world.seeker()
        world.peer()
    asked = kept.want(wanted(world))

    assert previews.run(asked)

    found = kept.answered(asked)
    assert found is not None
    assert found.off_by == pytest.approx(2**0.5 * 8 / world.settings.previews.epsilon)
    told = live(kept, asked)
    names = ("matched", "waiting", "waits")
    assert set(told) == {f"{side}.{name}" for side in SIDES for name in names}
    assert all(
        count is None or (count >= 15 and count % 5 == 0)
        for table in told.values()
        for count in table.values()
    )


def test_asking_again_gives_the_same_answer_whoever_has_come_since(
    world: World, kept: Store, previews: Previews
) -> None:
    first, second = (kept.want(wanted(world, who=who)) for who in ("ana", "ben"))
    previews.run(first)
    world.seeker()

    previews.run(second)

    assert live(kept, second) == live(kept, first) != {}


def test_a_preview_past_the_days_last_tells_nothing(
    world: World, kept: Store, previews: Previews
) -> None:
    def ask(number: int) -> str:
        asked = kept.want(wanted(world, floor=number / 100, who=f"who-{number}"))
        previews.run(asked)
        return asked

    told = [live(kept, ask(number)) for number in range(20, 30)]

    assert [bool(tables) for tables in told] == [True] * 4 + [False] * 6


def test_drawn_people_may_be_asked_about_without_end_and_in_full(
    world: World, kept: Store, previews: Previews
) -> None:
    for number in range(8):
        asked = kept.want(replace_crowd(wanted(world, floor=number / 10), FEW))
        assert previews.run(asked)

        found = kept.answered(asked)
        assert found is not None
        assert found.live is None
        assert found.drawn is not None
        assert {(one.seekers, one.peers) for one in found.drawn} == {(60, 20)}
        if number:
            assert found.drawn[0].matched >= found.drawn[1].matched - 1


def test_whom_wishes_keep_out_of_rounds_they_keep_out_of_previews_of_drawn_people(
    world: World, kept: Store, previews: Previews
) -> None:
    crowd = Crowd(seekers=1_000, peers=200)
    drawn = draw_mixed(crowd, SEED, world.settings.needs)
    out = left_out(drawn, world.rules.musts)
    assert out.pairs >= len(out.rows) > 0
    asked = kept.want(replace_crowd(wanted(world), crowd))

    assert previews.run(asked)

    found = kept.answered(asked)
    assert found is not None
    assert found.drawn is not None
    for one in found.drawn:
        assert one.blocked["wishes"] == out.pairs
        assert one.seekers == 1_000
        assert sum(one.waits.values()) == one.seekers - one.matched >= len(out.rows)


def replace_crowd(one: Wanted, crowd: Crowd) -> Wanted:
    return Wanted(before=one.before, after=one.after, who=one.who, crowd=crowd)


def test_each_step_is_told(
    world: World, kept: Store, previews: Previews, noted: list[Progress]
) -> None:
    previews.run(kept.want(replace_crowd(wanted(world), FEW)))
    previews.run(kept.want(wanted(world)))

    assert noted == [Progress(n, 3) for n in range(4)] + [Progress(n, 4) for n in range(5)]


@pytest.mark.parametrize("crowd", [FEW, None])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_preview_that_nobody_wants_any_more_ends_with_its_next_step(
    world: World, kept: Store, crowd: Crowd | None, at: int
) -> None:
    noted: list[Progress] = []
    one = wanted(world)
    asked = kept.want(replace_crowd(one, crowd) if crowd else one)

    def note(progress: Progress) -> None:
        noted.append(progress)
        if progress.done == at:
            kept.forget(asked)

    assert not Previews(previews_ground(world.backing), note).run(asked)

    assert noted[-1].done == at
    assert kept.answered(asked) is None


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
    "from matcher.domain.jobs import QueueName\n"
    "from tests.integration.worker.programs import burst; burst(QueueName.PREVIEWS)"
)


def test_a_job_carries_the_id_of_a_preview_and_leaves_nothing(
    world: World, kept: Store, line: Redis, environ: dict[str, str]
) -> None:
    compiled.ready()
    asked = kept.want(wanted(world))
    jobs = JobQueue(line, timeout=timedelta(minutes=1))
    assert jobs.request_preview(world.settings.pool, asked)
    assert not jobs.request_preview(world.settings.pool, asked)
    assert b"meta" not in line.hgetall(f"rq:job:preview-{asked}")

    logged = processes.finished(environ, "-c", BURST)

    assert "failed" not in logged
    assert live(kept, asked)
    names = [key.decode() for key in line.scan_iter()]
    assert [name for name in names if not BOOKKEEPING.fullmatch(name)] == []
    assert not [name for name in names if asked in name]


def test_a_preview_waits_in_a_line_of_its_own(world: World, kept: Store, line: Redis) -> None:
    asked = kept.want(wanted(world))

    JobQueue(line, timeout=timedelta(seconds=60)).request_preview(world.settings.pool, asked)

    assert line.llen("rq:queue:previews") == 1
    assert not line.exists("rq:queue:rounds")
