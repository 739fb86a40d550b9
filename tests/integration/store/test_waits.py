"""How long people waited: counted when both said yes, of who agreed, and told a day later."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.offer import Reply
from matcher.domain.profile import Consent
from matcher.domain.waits import UsualWait
from matcher.store.waits import Waits
from tests.lifetimes import check_store
from tests.world import SEEKER, World

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_a_week_of_waits_is_told_when_each_day_is_over(world: World) -> None:
    waits = Waits(world.backing)
    for _ in range(200):
        waits.add(20 * HOUR, now=world.now())
    assert waits.lately(now=world.now()) is None

    world.advance(DAY)

    assert waits.lately(now=world.now()) == UsualWait(least=12 * HOUR, most=DAY)
    check_store(world.redis, world.settings)
    world.advance(6 * DAY)
    assert waits.lately(now=world.now()) is not None
    world.advance(DAY)
    assert waits.lately(now=world.now()) is None


def test_nothing_is_told_of_few(world: World) -> None:
    waits = Waits(world.backing)
    for _ in range(3):
        waits.add(20 * HOUR, now=world.now())

    world.advance(DAY)

    assert waits.lately(now=world.now()) is None


@pytest.mark.parametrize("agrees", [True, False])
def test_who_agreed_is_counted_once_when_both_said_yes(world: World, *, agrees: bool) -> None:
    consent = Consent(matching=True, statistics=agrees)
    seeker, peer = world.seeker(replace(SEEKER, consent=consent)), world.peer()
    offer, _ = world.propose(seeker, peer)
    world.services.offers.answer(peer.visitor, offer, Reply.ACCEPTED)
    assert not _sums(world)

    world.services.offers.answer(seeker.visitor, offer, Reply.ACCEPTED)
    first = _sums(world)
    world.services.offers.answer(seeker.visitor, offer, Reply.ACCEPTED)

    assert bool(first) is agrees
    assert _sums(world) == first


def _sums(world: World) -> dict[bytes | str, bytes | str]:
    names = [key for key in world.key_names() if ":waits:" in key]
    return {cell: value for name in names for cell, value in world.redis.hgetall(name).items()}
