"""A week with nobody in it looks like a week with one: in what is there, and how noised."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from matcher.domain.counted import Event
from matcher.domain.outcomes import CELLS
from matcher.store.statistics import CAME, EVENTS, EVERY, TRIAL, WEEK, let_be_read
from matcher.store.talked import Talked
from matcher.store.tallies import Tallies
from matcher.store.vault import day_of
from matcher.store.waits import Waits
from tests.world import GRIEF, SEEKER, World
from worker.stretches import Stretches

DAY = timedelta(days=1)
ALWAYS = [of for of in EVERY if of not in {EVENTS, TRIAL}]
Live = Callable[[World, datetime], None]
Seen = dict[tuple[str, int], tuple[frozenset[bytes | str], int]]


def one(world: World, now: datetime) -> None:
    """Let one person be counted in every way there is."""
    tallies = Tallies(world.backing)
    tallies.add_came(SEEKER, now=now)
    tallies.add_found(SEEKER, timedelta(days=1), now=now)
    tallies.add_reply(Event.PEER_NO, [GRIEF], now=now)
    Waits(world.backing).add(timedelta(days=1), now=now)
    talked = Talked(world.backing)
    talked.add([CELLS[0]], now=now)
    talked.add_lesson(3, "yes", now=now)
    world.services.taps.call_bad(world.settings.services[0].id, once="one")


def nobody(_world: World, _now: datetime) -> None:
    """Let nobody be counted."""


def seen(world: World, live: Live) -> Seen:
    """Say what can be seen of a week but for the numbers: kinds, ages, cells, ends."""
    while day_of(world.now()) % WEEK:
        world.advance(DAY)
    first = world.now()
    for _ in range(WEEK):
        Stretches(world.backing).begin(world.now())
        live(world, world.now())
        live = nobody
        world.advance(DAY)
    let_be_read(world.backing, now=world.now())
    found = {}
    for of in ALWAYS:
        began = of.stretch(first)
        for stretch in range(began, of.stretch(world.now())):
            name = world.backing.keys(of.kind, str(stretch))
            cells = frozenset(world.redis.hkeys(name))
            until = world.redis.pttl(name) / 1_000 + world.now().timestamp()
            found[of.kind, stretch - began] = cells, round(until - first.timestamp())
    return found


def counted(world: World, name: str) -> dict[str | bytes, int]:
    return {cell: int(noised) for cell, noised in world.redis.hgetall(name).items()}


def test_a_week_with_nobody_cannot_be_told_from_one_with_somebody(world: World) -> None:
    with_one, without = seen(world, one), seen(world, nobody)

    assert {kind for kind, _ in with_one} == {of.kind for of in ALWAYS}
    assert all(cells for cells, _ in with_one.values())
    assert with_one == without


@pytest.mark.parametrize("live", [one, nobody])
def test_the_noise_that_is_taken_out_is_the_same_with_and_without_anybody(
    world: World, live: Live
) -> None:
    seen(world, live)
    tallies, now = Tallies(world.backing), world.now()

    for sums in (tallies.came, tallies.found, tallies.replies):
        total = sums.over(now, 1)
        assert total.stretches == 1
        assert total.deviation == sums.deviation


def test_whoever_is_counted_in_sums_that_began_by_themselves_counts_once(world: World) -> None:
    tallies, now = Tallies(world.backing), world.now()
    stretches = Stretches(world.backing)
    stretches.begin(now)
    name = world.backing.keys("stats:open:", f"sums:{CAME.stretch(now)}")
    before = counted(world, name)

    stretches.begin(now)
    tallies.add_came(SEEKER, now=now)
    stretches.begin(now)

    after = counted(world, name)
    raised = {cell: after[cell] - before[cell] for cell in after}
    assert {cell for cell, more in raised.items() if more} == {
        one.encode() for one in tallies.cells.of(SEEKER)
    }
    assert set(raised.values()) == {0, 1}
