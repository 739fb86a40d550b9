"""How many hours a week a peer may be here live, as the store counts them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.place import CheckIn, PlaceState
from matcher.store.rulebook import Rulebook
from tests.world import Person, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def short(world: World) -> World:
    """Give peers three hours a week."""
    peers = replace(world.rules.peers, hours_a_week=3)
    world.rules = replace(world.rules, peers=peers)
    Rulebook(world.backing).publish(world.rules)
    return world


def check_in(world: World, peer: Person, how: CheckIn) -> None:
    world.services.places.check_in(world.again(peer), how)


def state(world: World, peer: Person) -> PlaceState:
    return world.services.places.look(world.again(peer)).state


def here_for(world: World, peer: Person) -> timedelta:
    until = world.services.places.look(world.again(peer)).here_until
    return until - world.now() if until else timedelta(0)


def test_what_was_published_is_read_again(short: World) -> None:
    assert Rulebook(short.backing).read() == short.rules


def test_who_has_used_up_the_week_rests_until_a_day_falls_out_of_it(short: World) -> None:
    peer = short.peer(how=CheckIn.TWO_HOURS)
    short.advance(3 * HOUR)
    check_in(short, peer, CheckIn.TWO_HOURS)
    assert here_for(short, peer) < timedelta(hours=1, minutes=10)
    short.advance(3 * HOUR)

    check_in(short, peer, CheckIn.TWO_HOURS)

    assert state(short, peer) is PlaceState.RESTING
    assert not short.is_reachable(peer)
    assert short.propose(short.seeker(), peer)[1] in {"away", "rest"}
    rests = short.services.places.look(short.again(peer)).rest_until
    assert rests is not None
    assert rests.hour == rests.minute == 0
    assert rests - short.now() <= 7 * DAY
    short.advance(7 * DAY)
    check_in(short, peer, CheckIn.TWO_HOURS)
    assert state(short, peer) is PlaceState.HERE


def test_hours_that_were_not_used_are_given_back(short: World) -> None:
    peer = short.peer(how=CheckIn.TWO_HOURS)

    for _ in range(10):
        short.advance(timedelta(minutes=5))
        short.services.places.check_out(short.again(peer))
        check_in(short, peer, CheckIn.TWO_HOURS)

    assert state(short, peer) is PlaceState.HERE


def test_being_asked_now_and_then_uses_no_hours(short: World) -> None:
    peer = short.peer(how=CheckIn.FEW_DAYS)
    short.advance(9 * DAY)

    check_in(short, peer, CheckIn.TODAY)
    check_in(short, peer, CheckIn.TWO_HOURS)

    assert state(short, peer) is PlaceState.HERE
    assert here_for(short, peer) > HOUR


def test_with_the_hours_of_a_whole_week_nobody_is_sent_to_rest(world: World) -> None:
    peer = world.peer(how=CheckIn.TWO_HOURS)

    for _ in range(12):
        world.advance(2 * HOUR)
        check_in(world, peer, CheckIn.TWO_HOURS)

    assert state(world, peer) is PlaceState.HERE


def test_what_is_kept_of_it_is_one_number_a_day_for_a_week(short: World) -> None:
    peer = short.peer(how=CheckIn.HALF_HOUR)
    for _ in range(9):
        short.advance(DAY)
        check_in(short, peer, CheckIn.HALF_HOUR)

    kept = short.redis.hget(short.backing.keys("h:", peer.visitor.handle), "hours")

    assert str(kept).count(":") <= 7
