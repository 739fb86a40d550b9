"""What becomes of conversations, told on a real store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.errors import (
    RoomFullError,
    RoomGoneError,
)
from matcher.domain.place import PlaceState
from matcher.domain.profile import Role
from matcher.domain.room import MAX_MESSAGES, RoomKind
from matcher.store.rooms import Rooms
from tests.world import PEER, SEEKER, World

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_a_peer_who_leaves_a_conversation_puts_the_seeker_back_at_the_old_place(
    world: World,
) -> None:
    seeker, peer = world.seeker(), world.peer()
    since = world.services.places.look(seeker.visitor).since
    world.room(seeker, peer)

    world.services.places.erase(peer.visitor)

    assert world.waits(seeker)
    assert world.services.places.look(seeker.visitor).since == since


def test_a_room_that_ends_while_it_is_read_is_gone_and_not_without_a_word(
    world: World,
) -> None:
    seeker, peer = world.seeker(), world.peer()
    room, rooms = world.room(seeker, peer), Rooms(world.backing)
    world.services.rooms.say(peer.visitor, room, "hello", once="a")
    head = rooms.head(room, now=world.now())
    assert rooms.enter(head, Role.SEEKER).messages

    world.services.rooms.end(peer.visitor, room)

    with pytest.raises(RoomGoneError):
        rooms.enter(head, Role.SEEKER)


def test_a_peer_who_never_writes_within_two_days_gives_the_seeker_back(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    world.services.rooms.say(seeker.visitor, room, "are you there?", once="a")

    world.advance(2 * DAY + HOUR)

    assert world.waits(seeker)
    with pytest.raises(RoomGoneError):
        world.services.rooms.enter(world.again(seeker), room)
    assert world.services.places.look(world.again(peer)).load == 0


def test_a_live_room_in_which_the_peer_never_wrote_gives_the_seeker_back(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    world.room(seeker, peer, kind=RoomKind.LIVE)

    world.advance(26 * HOUR)

    assert world.waits(seeker)
    assert world.services.places.look(world.again(seeker)).state is PlaceState.WAITING


def test_answers_stay_readable_however_long_a_live_room_goes_on(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer, kind=RoomKind.LIVE)
    for number in range(24):
        world.advance(20 * HOUR)
        world.services.rooms.say(world.again(peer), room, "hi", once=str(number))
        world.again(seeker)

    assert world.services.places.answers(world.again(seeker)) == SEEKER
    world.services.rooms.hand_back(world.again(peer), room)

    assert world.waits(seeker)


def test_a_peer_rests_after_a_conversation_as_long_as_they_chose(world: World) -> None:
    resting = replace(PEER, rest=timedelta(days=1))
    for ends in (world.services.rooms.end, world.services.rooms.hand_back):
        peer = world.peer(resting)
        ends(peer.visitor, world.room(world.seeker(), peer))

        assert world.services.places.look(peer.visitor).state is PlaceState.RESTING
        assert not world.is_reachable(peer)


def test_a_room_in_which_the_peer_wrote_stays(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    world.services.rooms.say(peer.visitor, room, "here I am", once="a")

    world.advance(10 * DAY)

    assert world.services.rooms.enter(world.again(seeker), room).messages
    assert not world.waits(seeker)


def test_more_time_comes_only_once_both_have_asked(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    world.services.rooms.say(peer.visitor, room, "here I am", once="a")
    world.advance(10 * DAY)
    until = world.services.rooms.enter(world.again(seeker), room).until

    world.services.rooms.ask_for_more(world.again(seeker), room)
    assert world.services.rooms.enter(world.again(seeker), room).until == until
    world.services.rooms.ask_for_more(world.again(peer), room)

    assert world.services.rooms.enter(world.again(seeker), room).until > until + 9 * DAY
    world.advance(10 * DAY)
    assert world.services.rooms.enter(world.again(seeker), room).messages


def test_ending_erases_what_was_said_for_both(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    world.services.rooms.say(seeker.visitor, room, "hello", once="a")

    world.services.rooms.end(peer.visitor, room)

    for who in (seeker, peer):
        with pytest.raises(RoomGoneError):
            world.services.rooms.enter(who.visitor, room)
    assert world.services.places.look(seeker.visitor).state is PlaceState.ENDED
    assert not [key for key in world.key_names() if room in key]
    world.services.places.resume(seeker.visitor)
    assert world.waits(seeker)
    assert world.propose(seeker, peer)[1] == "again"


def test_a_message_sent_twice_is_said_once_and_a_full_room_takes_no_more(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    for _ in range(2):
        world.services.rooms.say(seeker.visitor, room, "once", once="same")

    for number in range(MAX_MESSAGES - 1):
        world.services.rooms.say(seeker.visitor, room, "x", once=str(number))

    assert len(world.services.rooms.enter(peer.visitor, room).messages) == MAX_MESSAGES
    with pytest.raises(RoomFullError):
        world.services.rooms.say(peer.visitor, room, "one too many", once="last")


def test_other_words_sent_with_an_old_form_are_said_too(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)

    for words in ("one", "two", "one"):
        world.services.rooms.say(seeker.visitor, room, words, once="same")

    said = world.services.rooms.enter(peer.visitor, room).messages
    assert [message.text for message in said] == ["one", "two"]


def test_who_waits_again_after_a_conversation_has_a_whole_place_again(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    world.services.rooms.end(seeker.visitor, world.room(seeker, peer))

    world.services.places.resume(seeker.visitor)

    until = world.services.places.look(seeker.visitor).until
    assert until - world.now() > world.settings.lifetimes.place - HOUR
    world.advance(10 * DAY)
    assert world.waits(seeker)


def test_a_conversation_has_the_same_address_after_a_new_login(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room, places = world.room(seeker, peer), world.services.places
    before = places.alias(seeker.visitor, room)

    assert places.alias(world.again(seeker), room) == before
    assert places.alias(peer.visitor, room) != before


def test_a_third_person_has_no_seat(world: World) -> None:
    room = world.room(world.seeker(), world.peer())
    stranger = world.seeker()

    with pytest.raises(RoomGoneError):
        world.services.rooms.enter(stranger.visitor, room)
    with pytest.raises(RoomGoneError):
        world.services.rooms.say(stranger.visitor, room, "hi", once="a")


def test_when_two_who_talked_erase_everything_no_key_names_them(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    world.services.rooms.say(seeker.visitor, room, "hello", once="a")

    for person in (seeker, peer):
        world.services.places.erase(person.visitor)

    kinds = {name.split(":")[1] for name in world.key_names()}
    assert kinds <= {"t", "d", "i", "tell", "ask", "fence", "lease", "stats"}
