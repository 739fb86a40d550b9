"""`sanad report-summary`, as it is typed on the coordinators' machine."""

import json
import subprocess

import pytest

from matcher.domain.report import Category
from matcher.local import python
from tests.telling import converse, desk_of, tell
from tests.world import Person, World

ENDS_S = 60
MANY = 60


def sanad(*words: str, environ: dict[str, str]) -> str:
    """Run the command in the environment of this test's servers."""
    done = subprocess.run(  # noqa: S603 - our own command
        python.module("matcher.cli", "report-summary", *words),
        env=environ,
        capture_output=True,
        text=True,
        timeout=ENDS_S,
        check=True,
    )
    return done.stdout


@pytest.fixture
def told(world: World) -> Person:
    """Let one peer be told about once."""
    seeker, peer = world.seeker(), world.peer()
    tell(world, seeker, world.room(seeker, peer), Category.MONEY)
    return peer


@pytest.mark.usefixtures("told")
def test_a_single_report_is_hidden_among_none(world: World, environ: dict[str, str]) -> None:
    counts = json.loads(sanad("--json", environ=environ))

    assert set(counts) == {*(category.value for category in Category), "all"}
    assert {type(count) for count in counts.values()} <= {type(None), int}
    assert counts == desk_of(world).summary()
    assert 1 not in counts.values()
    assert [one.id for one in desk_of(world).waiting()]


def test_what_goes_along_with_reports_is_neither_told_nor_opened(
    world: World, environ: dict[str, str]
) -> None:
    for _ in range(MANY):
        seeker, peer = world.seeker(), world.peer()
        room = converse(world, seeker, peer, ["Tell me your name."])
        tell(world, seeker, room, Category.CONTACT, places=[0])
    before = sanad("--json", environ=environ), sanad(environ=environ)
    for key in world.redis.scan_iter("*}:report:*"):
        world.redis.hset(key, "lines", "no box at all")

    after = sanad("--json", environ=environ), sanad(environ=environ)

    assert json.loads(before[0])["contact"]
    assert after == before
    assert "your name" not in "".join(before)


def test_many_are_told_in_round_numbers_and_alike_each_time(
    world: World, environ: dict[str, str], told: Person
) -> None:
    own = told.visitor.own
    (capsule,) = world.services.reports.of(own)
    key = world.backing.keys("k:", capsule.id)
    kept = world.redis.get(key) or b""
    for _ in range(MANY):
        world.services.reports.tell(own, capsule.id, Category.UNKIND)
        world.redis.set(key, kept, keepttl=True)  # as if it were another

    lines = sanad(environ=environ).splitlines()

    shown = dict(line.split(maxsplit=1) for line in lines)
    assert int(shown["unkind"]) % 5 == 0
    assert abs(int(shown["unkind"]) - MANY) < MANY
    assert sanad(environ=environ).splitlines() == lines
    assert len(desk_of(world).waiting()) == MANY + 1
