"""Sums as a network has them after some weeks, for tests of what coordinators see."""

from collections.abc import Iterable
from datetime import timedelta

from matcher.domain import lessons
from matcher.domain.counted import By, Event, cell
from matcher.domain.outcomes import CELLS
from matcher.domain.profile import SeekerProfile
from matcher.store.events import Events
from matcher.store.standing import Standing, Tables
from matcher.store.statistics import EVERY, LESSONS, TOLD, Statistics
from matcher.store.tallies import Tallies, When
from matcher.store.waits import Waits
from tests.world import GRIEF, LONELY, World

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def days(world: World, count: int, quantities: dict[Event, int]) -> None:
    """Let the same happen on each of some days, and that day be over."""
    events = Events(world.backing)
    for _ in range(count):
        for event, times in quantities.items():
            events.add(event, now=world.now(), times=times)
        world.advance(DAY)


def waited(world: World, wait: timedelta, times: int) -> None:
    """Let so many find somebody after so long today."""
    waits = Waits(world.backing)
    for _ in range(times):
        waits.add(wait, now=world.now())


def end_a_week(world: World) -> None:
    """Let something be counted into every kind of sums, and the week of it be over."""
    for of in EVERY:
        Statistics(world.backing, ["a cell"], most=1, of=of).add([], now=world.now())
    world.advance(WEEK)


def came(
    world: World, seeker: SeekerProfile, times: int, *, soon: int = 0, later: int = 0
) -> None:
    """Let so many alike come this week, and some of them find somebody."""
    tallies, now = Tallies(world.backing), world.now()
    cells = tallies.cells.of(seeker)
    tallies.came.add(cells, now=now, times=times)
    for when, found in ((When.SOON, soon), (When.LATER, later)):
        tallies.found.add((cell(when, one) for one in cells), now=now, times=found)


def replied(world: World, event: Event, needs: Iterable[str], times: int) -> None:
    """Let peers say the same to so many cards this week."""
    cells = [cell(event, need) for need in needs]
    Tallies(world.backing).replies.add(cells, now=world.now(), times=times)


def stand(world: World, *, asking: int | None = 40, giving: int | None = 25) -> None:
    """Keep counts: one need with both, one that many look for and few are there for."""
    languages = dict.fromkeys(Tallies(world.backing).cells.groups(By.LANGUAGE))
    few = {str(need.id): None for need in world.settings.needs.all}
    tables: Tables = {
        "asking": {**few, LONELY: asking, GRIEF: 30, "all": 90},
        "asking-language": {**languages, "en": 55, "several": 20, "all": 85},
        "waiting": {"hours": 20, "all": 60},
        "giving": {**few, LONELY: giving, "all": giving},
        "giving-language": {**languages, "en": 20, "all": 25},
        "peers": {"free": 25, "busy": None, "all": 30},
        "places": {"free": 40, "all": 40},
    }
    Standing(world.backing).keep(tables, now=world.now())


def told(world: World, role: str, question: str, counts: dict[str, int]) -> None:
    """Let so many answers be counted this week, as chance has left them."""
    sums = Statistics(world.backing, CELLS, most=3, of=TOLD)
    for option, times in counts.items():
        sums.add([f"{role}:{question}:{option}"], now=world.now(), times=times)


def heard(world: World, bucket: int, counts: dict[str, int]) -> None:
    """Let so many seekers say whether it helped pairs of one kind, as chance has left it."""
    sums = Statistics(world.backing, lessons.CELLS, most=1, of=LESSONS)
    for answer, times in counts.items():
        sums.add([lessons.cell_of(bucket, answer)], now=world.now(), times=times)
