"""What a peer lets pass, and when they rest, by the rules that are in force."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn, PlaceState
from matcher.store.rulebook import Rulebook
from tests.world import PEER, World, with_capacity

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_an_answer_does_not_forgive_the_suggestions_that_are_still_open(world: World) -> None:
    peer = world.peer(with_capacity(3), how=CheckIn.FEW_DAYS)
    asked = [world.propose(world.seeker(), peer, lasts=HOUR)[0] for _ in range(3)]

    world.answer(peer, asked[0], Reply.DECLINED)
    world.advance(DAY + HOUR)

    assert not world.is_reachable(peer)
    assert world.propose(world.seeker(), peer)[1] == "missed"


def test_a_check_in_does_not_forgive_the_suggestions_that_are_still_open(world: World) -> None:
    peer = world.peer(with_capacity(3), how=CheckIn.FEW_DAYS)
    for _ in range(2):
        world.propose(world.seeker(), peer, lasts=HOUR)

    world.services.places.check_in(peer.visitor, CheckIn.FEW_DAYS)
    world.advance(DAY + HOUR)

    assert world.propose(world.seeker(), peer)[1] == "missed"


@pytest.mark.parametrize("how", ["a yes", "a hand-back", "a check-in"])
def test_whatever_a_peer_says_forgives_what_they_let_pass_before(
    world: World, how: str
) -> None:
    peer = world.peer(with_capacity(3), how=CheckIn.FEW_DAYS)
    world.propose(world.seeker(), peer, lasts=HOUR)
    world.advance(2 * HOUR)
    offer, _ = world.propose(world.seeker(), peer, lasts=3 * DAY)

    match how:
        case "a yes":
            world.answer(peer, offer, Reply.ACCEPTED)
        case "a hand-back":
            world.services.offers.hand_back(peer.visitor, offer)
        case _:
            world.services.places.check_in(peer.visitor, CheckIn.FEW_DAYS)
    world.propose(world.seeker(), peer, lasts=HOUR)
    world.advance(DAY + HOUR)

    assert world.is_reachable(peer)


def test_rest_after_a_conversation_is_that_of_the_published_rules(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    tired = replace(world.rules, peers=replace(world.rules.peers, rest_after_room=2 * DAY))
    Rulebook(world.backing).publish(tired)

    world.services.rooms.end(seeker.visitor, room)

    rests = world.services.places.look(peer.visitor).rest_until
    assert rests is not None
    assert rests - world.now() > DAY


def test_how_many_at_once_is_bounded_by_the_published_rules(world: World) -> None:
    assert (
        world.services.places.rules().peers.capacity_ceiling
        == world.rules.peers.capacity_ceiling
    )
    small = replace(world.rules, peers=replace(world.rules.peers, capacity_ceiling=1))
    Rulebook(world.backing).publish(small)

    assert world.services.places.rules().peers.capacity_ceiling == 1


def test_without_published_rules_those_of_the_settings_hold(world: World) -> None:
    world.backing.store.command("DEL", world.backing.keys("rules"))

    assert Rulebook(world.backing).read() is None
    assert Rulebook(world.backing).in_force() == world.rules


def test_a_peer_rests_also_when_a_conversation_ends_by_itself(world: World) -> None:
    seeker, peer = world.seeker(), world.peer(replace(PEER, rest=2 * DAY))
    room = world.room(seeker, peer)
    world.services.rooms.say(peer.visitor, room, "hello", once="a")
    ends = world.services.rooms.enter(peer.visitor, room).until

    world.advance(ends - world.now() + HOUR)
    world.services.places.check_in(peer.visitor, CheckIn.TODAY)

    place = world.services.places.look(peer.visitor)
    assert place.state is PlaceState.RESTING
    assert place.rest_until == ends + 2 * DAY
    assert not world.is_reachable(peer)
    assert world.propose(world.seeker(), peer)[1] == "rest"

    world.advance(2 * DAY)
    world.services.places.check_in(peer.visitor, CheckIn.TODAY)

    assert world.propose(world.seeker(), peer)[1] == "offered"


def test_a_peer_who_ended_a_conversation_rests_from_then_and_not_from_its_last_day(
    world: World,
) -> None:
    seeker, peer = world.seeker(), world.peer(replace(PEER, rest=DAY))
    room = world.room(seeker, peer)

    world.services.rooms.end(seeker.visitor, room)
    world.advance(DAY + HOUR)
    world.services.places.check_in(peer.visitor, CheckIn.TODAY)

    assert world.services.places.look(peer.visitor).rest_until is None
    assert world.propose(world.seeker(), peer)[1] == "offered"


def test_a_peer_rests_after_a_conversation_that_was_made_longer(world: World) -> None:
    seeker, peer = world.seeker(), world.peer(replace(PEER, rest=DAY))
    room = world.room(seeker, peer)
    world.services.rooms.say(peer.visitor, room, "hello", once="a")
    for person in (seeker, peer):
        world.services.rooms.ask_for_more(person.visitor, room)
    ends = world.services.rooms.enter(peer.visitor, room).until

    world.advance(ends - world.now() - HOUR)
    assert world.services.places.look(peer.visitor).rest_until is None
    world.advance(2 * HOUR)

    assert world.services.places.look(peer.visitor).rest_until == ends + DAY


def test_a_peer_who_never_wrote_does_not_rest_from_it(world: World) -> None:
    peer = world.peer(replace(PEER, rest=2 * DAY))
    world.room(world.seeker(), peer)

    world.advance(world.settings.lifetimes.room_silent + 2 * HOUR)
    world.services.places.check_in(peer.visitor, CheckIn.TODAY)

    assert world.is_reachable(peer)


@pytest.mark.parametrize("who_ends", ["seeker", "peer", "erases"])
def test_a_longer_rest_that_a_peer_has_begun_is_not_cut_short_by_the_end_of_a_conversation(
    world: World, who_ends: str
) -> None:
    seeker, peer = world.seeker(), world.peer(replace(PEER, rest=HOUR))
    room = world.room(seeker, peer)
    world.services.places.rest(peer.visitor, 7 * DAY)
    before = world.services.places.look(peer.visitor).rest_until

    if who_ends == "erases":
        world.services.places.erase(seeker.visitor)
    else:
        who = seeker if who_ends == "seeker" else peer
        world.services.rooms.end(who.visitor, room)

    assert before is not None
    assert before - world.now() > 6 * DAY
    assert world.services.places.look(peer.visitor).rest_until == before


@pytest.mark.parametrize("how", ["end", "hand_back"])
def test_a_peer_who_does_not_rest_keeps_no_moment_at_which_they_stopped_talking(
    world: World, how: str
) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)

    getattr(world.services.rooms, how)(peer.visitor, room)

    head = world.backing.keys("h:", peer.visitor.handle)
    assert world.redis.hget(head, "rest_until") in (None, b"0")
