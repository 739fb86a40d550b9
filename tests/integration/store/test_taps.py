"""Taps on a service: added to sums that began with noise, told when a day is over."""

from dataclasses import replace
from datetime import timedelta

import msgspec

from matcher.bootstrap import build
from matcher.domain.services import ServiceId
from matcher.service.taps import Taps
from matcher.store.client import text
from matcher.store.statistics import let_be_read
from tests.world import World

LINE, CLINIC = ServiceId("example-line"), ServiceId("example-clinic")
TAPS = 40
DAY = timedelta(days=1)


def exact(world: World, **changed: object) -> Taps:
    """Return taps with so little noise that none is seen."""
    statistics = msgspec.structs.replace(world.settings.statistics, epsilon=1000.0)
    return build(replace(world.settings, statistics=statistics, **changed)).taps  # type: ignore[arg-type]  # of settings


def sums(world: World) -> dict[str, int]:
    (name,) = [key for key in world.key_names() if ":near:" in key]
    return {text(cell): int(noised) for cell, noised in world.redis.hgetall(name).items()}


def test_many_taps_are_told_once_their_day_is_over(world: World) -> None:
    taps = exact(world)
    for number in range(TAPS):
        taps.call_bad(LINE, once=str(number))

    today = taps.bad()
    world.advance(DAY)
    tomorrow = taps.bad()

    assert today[LINE].about is None
    assert tomorrow[LINE].about == TAPS
    assert tomorrow[CLINIC].about is None


def test_a_page_that_is_sent_twice_counts_once(world: World) -> None:
    taps = exact(world)
    for _ in range(TAPS):
        taps.call_bad(LINE, once="the same page")
    taps.call_bad(CLINIC, once="the same page")

    found = sums(world)

    assert (found["bad example-line"], found["bad example-clinic"]) == (1, 1)


def test_every_service_begins_the_day_with_noise_tapped_or_not(world: World) -> None:
    seen = set()
    for day in range(8):
        world.services.taps.call_bad(LINE, once=str(day))
        seen.add(tuple(value for cell, value in sums(world).items() if "line" not in cell))
        world.redis.delete(*(key for key in world.key_names() if ":near:" in key))

    assert len(seen) > 1


def test_a_service_that_comes_in_during_the_day_begins_with_noise_too(world: World) -> None:
    statistics = msgspec.structs.replace(world.settings.statistics, epsilon=0.01)
    wide = replace(world.settings, statistics=statistics)
    late = [replace(world.settings.services[0], id=ServiceId(f"late-{n}")) for n in range(4)]

    build(wide).taps.call_bad(LINE, once="a")
    build(replace(wide, services=(*wide.services, *late))).taps.call_bad(LINE, once="b")

    assert any(sums(world)[f"bad {one.id}"] for one in late)


def test_what_was_tapped_is_gone_after_a_month(world: World) -> None:
    world.services.taps.call_bad(LINE, once="a")

    world.advance(30 * DAY)

    assert not [key for key in world.key_names() if ":near:" in key]


def test_the_doubt_does_not_tell_whether_anybody_tapped(world: World) -> None:
    doubts = {one.give_or_take for one in world.services.taps.bad().values()}
    world.services.taps.call_bad(LINE, once="a")
    world.advance(DAY)
    let_be_read(world.backing, now=world.now())

    doubts |= {one.give_or_take for one in world.services.taps.bad().values()}

    assert len(doubts) == 1
