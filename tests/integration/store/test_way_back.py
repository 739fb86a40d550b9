"""A code leads back while a conversation waits, also where the other side made it longer."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from matcher.domain.errors import CapsuleGoneError, NoSessionError, UnknownCodeError
from matcher.domain.report import Category
from matcher.domain.room import RoomId, RoomKind
from tests.waiting import until
from tests.world import Person, World

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def _room(world: World, kind: RoomKind = RoomKind.SLOW) -> tuple[Person, Person, RoomId]:
    """Bring two into a room in which both have written."""
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer, kind=kind)
    for who in (seeker, peer):
        world.services.rooms.say(who.visitor, room, "hello", once="hello")
    return seeker, peer, room


def _wait_until_just_before_the_end(world: World, who: Person, room: RoomId) -> None:
    """Let time pass without a visit of anybody."""
    ends = world.services.rooms.enter(who.visitor, room).until
    world.advance(ends - world.now() - HOUR)


def _code_lives(world: World, who: Person) -> timedelta:
    name = world.backing.keys("c:", world.backing.secrets.code(who.code).key)
    return timedelta(milliseconds=world.redis.pttl(name))


def _seekers(seeker: Person, peer: Person) -> tuple[Person, Person]:
    return seeker, peer


def _peers(seeker: Person, peer: Person) -> tuple[Person, Person]:
    return peer, seeker


@pytest.mark.parametrize("of", [_seekers, _peers])
def test_who_asked_first_is_let_in_until_the_end_that_the_other_agreed_to(
    world: World, of: Callable[[Person, Person], tuple[Person, Person]]
) -> None:
    seeker, peer, room = _room(world)
    first, second = of(seeker, peer)
    rooms = world.services.rooms
    rooms.ask_for_more(first.visitor, room)
    _wait_until_just_before_the_end(world, second, room)
    rooms.ask_for_more(second.visitor, room)

    _wait_until_just_before_the_end(world, second, room)

    assert rooms.enter(world.again(first), room).messages
    assert rooms.enter(world.again(second), room).messages


@pytest.mark.parametrize("looks_again", [False, True])
def test_who_keeps_no_code_and_asked_first_is_let_in_by_their_session(
    world: World, *, looks_again: bool
) -> None:
    seeker, peer, room = _room(world)
    places, rooms = world.services.places, world.services.rooms
    places.keep_no_code(seeker.visitor, seeker.cookie)
    rooms.ask_for_more(places.visitor(seeker.cookie), room)
    if looks_again:
        places.visitor(seeker.cookie)
    _wait_until_just_before_the_end(world, peer, room)
    rooms.ask_for_more(peer.visitor, room)

    _wait_until_just_before_the_end(world, peer, room)

    assert rooms.enter(places.visitor(seeker.cookie), room).messages


def test_who_agreed_second_needs_no_further_page_to_be_let_in(world: World) -> None:
    seeker, peer, room = _room(world)
    world.services.rooms.ask_for_more(peer.visitor, room)
    _wait_until_just_before_the_end(world, peer, room)
    world.services.rooms.ask_for_more(seeker.visitor, room)

    _wait_until_just_before_the_end(world, peer, room)

    assert world.services.rooms.enter(world.again(seeker), room).messages


def test_whoever_asks_first_each_time_is_let_in_up_to_the_last_end(world: World) -> None:
    seeker, peer, room = _room(world)
    rooms, ends = world.services.rooms, list[datetime]()
    last = rooms.enter(peer.visitor, room).last_end
    while not ends or ends[-1] < last:
        rooms.ask_for_more(world.again(seeker), room)
        _wait_until_just_before_the_end(world, peer, room)
        rooms.ask_for_more(world.again(peer), room)
        _wait_until_just_before_the_end(world, peer, room)
        ends.append(rooms.enter(world.again(seeker), room).until)

    assert len(ends) > 2
    assert ends[-1] == last


@pytest.mark.parametrize("looks", [False, True])
def test_a_live_room_in_which_the_other_speaks_on_lets_one_in_to_its_last_day(
    world: World, *, looks: bool
) -> None:
    seeker, peer, room = _room(world, RoomKind.LIVE)
    if looks:
        world.again(seeker)
    rooms = world.services.rooms
    last = rooms.enter(peer.visitor, room).last_end
    while world.now() < last - DAY:
        world.advance(20 * HOUR)
        rooms.say(peer.visitor, room, "are you there?", once=str(world.now()))

    assert rooms.enter(world.again(seeker), room).messages


def test_a_conversation_handed_back_after_it_was_made_longer_leaves_the_code(
    world: World,
) -> None:
    seeker, peer, room = _room(world)
    world.services.rooms.ask_for_more(seeker.visitor, room)
    _wait_until_just_before_the_end(world, peer, room)
    world.services.rooms.ask_for_more(peer.visitor, room)
    _wait_until_just_before_the_end(world, peer, room)

    world.services.rooms.hand_back(peer.visitor, room)

    assert world.waits(seeker)
    world.advance(12 * HOUR)
    assert world.services.places.look(world.again(seeker)).until > world.now()


def test_who_asked_in_vain_has_a_code_that_nobody_knows(world: World) -> None:
    seeker, peer, room = _room(world)
    world.services.rooms.ask_for_more(seeker.visitor, room)
    _wait_until_just_before_the_end(world, peer, room)

    world.advance(2 * HOUR + world.settings.lifetimes.after_room)

    assert _code_lives(world, seeker) > DAY
    assert world.backing.head(seeker.visitor.handle) is None
    with pytest.raises(UnknownCodeError):
        world.again(seeker)
    with pytest.raises(NoSessionError):
        world.services.places.visitor(seeker.cookie)


def test_a_code_lives_no_longer_than_what_can_come_of_the_room(world: World) -> None:
    seeker, peer, room = _room(world)
    lives = world.settings.lifetimes
    plain = _code_lives(world, peer)

    world.services.rooms.ask_for_more(seeker.visitor, room)

    most = 2 * lives.room_slow + lives.after_room + lives.grain
    assert most - 2 * lives.grain < _code_lives(world, seeker) <= most
    assert _code_lives(world, peer) == pytest.approx(plain, abs=timedelta(seconds=5))


@pytest.mark.parametrize("kind", RoomKind)
def test_once_the_room_has_ended_the_next_visit_lets_the_code_end_with_the_place(
    world: World, kind: RoomKind
) -> None:
    seeker, peer, room = _room(world, kind)
    world.services.rooms.ask_for_more(seeker.visitor, room)
    world.services.rooms.end(peer.visitor, room)

    visitor = world.again(seeker)

    name = world.backing.keys("c:", visitor.code_key or "")
    ends = world.redis.pexpiretime(name)
    assert ends == world.redis.pexpiretime(world.backing.keys("h:", visitor.handle))


def test_who_asked_first_can_still_tell_the_team_in_the_longer_room(world: World) -> None:
    seeker, peer, room = _room(world)
    world.services.rooms.ask_for_more(seeker.visitor, room)
    _wait_until_just_before_the_end(world, peer, room)
    world.services.rooms.ask_for_more(peer.visitor, room)
    _wait_until_just_before_the_end(world, peer, room)

    back = world.again(seeker)
    assert not world.services.reports.has_told(back, room)
    world.services.reports.tell_of_room(back, room, Category.UNKIND)

    with pytest.raises(CapsuleGoneError):
        world.services.reports.tell_of_room(back, room, Category.UNKIND)


def test_a_visit_that_changes_no_end_leaves_no_trace_at_the_code(world: World) -> None:
    seeker = world.seeker()
    name = world.backing.keys("c:", seeker.visitor.code_key or "")
    until(
        lambda: world.redis.object("IDLETIME", name) > 1, "the record was not used for a while"
    )

    world.services.places.visitor(seeker.cookie)

    assert world.redis.object("IDLETIME", name) > 1
