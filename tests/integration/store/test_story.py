"""What becomes of people, told on a real store."""

from datetime import timedelta

import pytest

from matcher.domain.errors import (
    NoSessionError,
    OfferGoneError,
    PlaceGoneError,
    UnknownCodeError,
)
from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn, PlaceState
from matcher.domain.profile import Role
from tests.world import World, with_capacity

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_the_peer_is_asked_first_and_the_seeker_only_after_their_yes(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()

    offer, said = world.propose(seeker, peer)

    assert said == "offered"
    assert [one.is_asking for one in world.offers(peer)] == [True]
    assert world.offers(seeker) == ()

    world.answer(peer, offer, Reply.ACCEPTED)

    assert [one.is_asking for one in world.offers(seeker)] == [True]
    assert [one.is_asking for one in world.offers(peer)] == [False]


def test_a_seeker_cannot_answer_before_the_peer(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    offer, _ = world.propose(seeker, peer)

    with pytest.raises(OfferGoneError):
        world.answer(seeker, offer, Reply.ACCEPTED)


def test_two_yeses_open_one_room_where_both_can_write(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()

    room = world.room(seeker, peer)
    world.services.rooms.say(seeker.visitor, room, "hello", once="a")
    world.services.rooms.say(peer.visitor, room, "hello you", once="b")

    found = world.services.rooms.enter(peer.visitor, room)
    assert [(m.author, m.text) for m in found.messages] == [
        (Role.SEEKER, "hello"),
        (Role.PEER, "hello you"),
    ]
    assert world.services.places.look(seeker.visitor).state is PlaceState.TALKING
    assert world.services.places.look(peer.visitor).load == 1
    assert not world.waits(seeker)


def test_the_same_yes_pressed_twice_finds_the_same_room(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    offer, _ = world.propose(seeker, peer)
    world.answer(peer, offer, Reply.ACCEPTED)
    world.answer(peer, offer, Reply.ACCEPTED)

    rooms = {world.answer(seeker, offer, Reply.ACCEPTED) for _ in range(2)}

    assert len(rooms) == 1
    assert world.services.places.look(peer.visitor).load == 1


@pytest.mark.parametrize("decliner", [Role.PEER, Role.SEEKER])
def test_a_declined_pair_is_never_offered_again(world: World, decliner: Role) -> None:
    seeker, peer = world.seeker(), world.peer()
    offer, _ = world.propose(seeker, peer)
    if decliner is Role.SEEKER:
        world.answer(peer, offer, Reply.ACCEPTED)

    world.answer(peer if decliner is Role.PEER else seeker, offer, Reply.DECLINED)

    assert world.waits(seeker)
    assert world.is_reachable(peer)
    world.advance(13 * DAY)
    world.services.places.check_in(world.again(peer), CheckIn.TODAY)
    assert world.propose(seeker, peer)[1] == "again"


def test_an_expired_pair_may_be_offered_twice_more_after_a_week_each(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    outcomes = []

    for _ in range(4):
        world.services.places.check_in(world.again(peer), CheckIn.TODAY)
        outcomes.append(world.propose(seeker, peer, lasts=HOUR)[1])
        world.advance(2 * HOUR)
        world.services.places.check_in(world.again(peer), CheckIn.TODAY)
        outcomes.append(world.propose(seeker, peer, lasts=HOUR)[1])
        world.services.places.extend(world.again(seeker))
        world.advance(8 * DAY)

    assert outcomes == ["offered", "again"] * 3 + ["again", "again"]


def test_an_offer_that_expires_leaves_both_where_they_were(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    before = world.services.places.look(seeker.visitor).since
    offer, _ = world.propose(seeker, peer, lasts=HOUR)
    assert not world.waits(seeker)

    world.advance(HOUR + timedelta(seconds=1))

    with pytest.raises(OfferGoneError):
        world.answer(peer, offer, Reply.ACCEPTED)
    assert world.waits(seeker)
    assert world.is_reachable(peer)
    assert world.services.places.look(world.again(seeker)).since == before


def test_a_peers_yes_gives_the_seeker_as_long_as_the_peer_had(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    offer, _ = world.propose(seeker, peer, lasts=HOUR)
    world.advance(timedelta(minutes=59))

    world.answer(peer, offer, Reply.ACCEPTED)
    world.advance(timedelta(minutes=59))

    assert world.answer(seeker, offer, Reply.ACCEPTED)


def test_two_missed_suggestions_pause_a_peer_until_they_check_in(world: World) -> None:
    peer = world.peer(how=CheckIn.FEW_DAYS)
    for _ in range(2):
        assert world.propose(world.seeker(), peer, lasts=HOUR)[1] == "offered"
        world.advance(2 * HOUR)

    assert not world.is_reachable(peer)
    assert world.propose(world.seeker(), peer)[1] == "missed"

    world.services.places.check_in(world.again(peer), CheckIn.TODAY)

    assert world.is_reachable(peer)


def test_a_peer_is_never_asked_past_their_capacity_or_ration(world: World) -> None:
    busy, rationed = world.peer(), world.peer(with_capacity(5))

    assert world.propose(world.seeker(), busy)[1] == "offered"
    assert world.propose(world.seeker(), busy)[1] == "capacity"
    answers = []
    for _ in range(4):
        offer, said = world.propose(world.seeker(), rationed)
        answers.append(said)
        if said == "offered":
            world.answer(rationed, offer, Reply.DECLINED)
    assert answers == ["offered", "offered", "offered", "ration"]
    world.advance(DAY + HOUR)
    world.services.places.check_in(world.again(rationed), CheckIn.TODAY)
    assert world.propose(world.seeker(), rationed)[1] == "offered"


def test_changed_answers_take_back_what_was_suggested_on_the_old_ones(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    since = world.services.places.look(seeker.visitor).since
    offer, _ = world.propose(seeker, peer)

    world.services.places.change(seeker.visitor, world.services.places.answers(seeker.visitor))

    with pytest.raises(OfferGoneError):
        world.answer(peer, offer, Reply.ACCEPTED)
    assert world.waits(seeker)
    assert world.services.places.look(seeker.visitor).since == since
    assert world.is_reachable(peer)


def test_a_pair_that_was_taken_back_may_be_offered_again_at_once(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    world.propose(seeker, peer)

    world.services.places.pause(seeker.visitor)
    world.services.places.resume(seeker.visitor)

    assert world.propose(seeker, peer)[1] == "offered"


def test_a_peers_pause_does_not_bring_the_same_person_back_to_compare(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    world.propose(seeker, peer)

    world.services.places.pause(peer.visitor)
    world.services.places.resume(peer.visitor)

    assert world.propose(seeker, peer)[1] == "again"
    assert world.propose(world.seeker(), peer)[1] == "offered"


def test_carrying_more_takes_back_nothing_that_is_open(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    offer, _ = world.propose(seeker, peer)
    world.answer(peer, offer, Reply.ACCEPTED)

    world.services.places.set_capacity(peer.visitor, 2)

    assert world.answer(seeker, offer, Reply.ACCEPTED)
    assert world.propose(world.seeker(), peer)[1] == "offered"
    assert world.services.places.look(peer.visitor).capacity == 2


def test_what_ends_together_ends_on_one_shared_moment_that_dates_nothing(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    world.room(seeker, peer)
    hour = world.settings.lifetimes.grain.total_seconds()
    grains = {"c:": hour, "h:": hour, "p:": hour, "n:": hour, "r:": hour, "t": hour}
    grains |= {"s:": 600, "d:": 600, "he": 600}

    for name in world.key_names():
        kind = name.removeprefix(world.backing.keys.prefix)[:2]
        if kind in grains:
            assert world.ends(name) % grains[kind] == 0, kind


def test_pausing_stops_being_matched_and_keeps_the_place(world: World) -> None:
    seeker = world.seeker()
    since = world.services.places.look(seeker.visitor).since

    world.services.places.pause(seeker.visitor)

    assert not world.waits(seeker)
    assert world.services.places.look(seeker.visitor).state is PlaceState.PAUSED
    world.services.places.resume(seeker.visitor)
    assert world.waits(seeker)
    assert world.services.places.look(seeker.visitor).since == since


def test_a_place_can_be_extended_to_its_last_end_and_no_further(world: World) -> None:
    seeker = world.seeker()
    last = world.services.places.look(seeker.visitor).last_end

    for _ in range(6):
        world.services.places.extend(world.again(seeker))
        world.advance(min(10 * DAY, last - world.now() - HOUR))

    place = world.services.places.look(world.again(seeker))
    assert place.until == last
    world.advance(last - world.now() + HOUR)
    with pytest.raises(UnknownCodeError):
        world.services.places.sign_in(seeker.code, old_cookie=None)


def test_erasing_leaves_nothing_and_frees_the_other_side(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    world.propose(seeker, peer)

    world.services.places.erase(seeker.visitor)

    assert world.is_reachable(peer)
    assert world.offers(peer) == ()
    handle = seeker.visitor.handle
    assert not [key for key in world.key_names() if handle in key]
    with pytest.raises(NoSessionError):
        world.services.places.visitor(seeker.cookie)
    with pytest.raises(UnknownCodeError):
        world.services.places.sign_in(seeker.code, old_cookie=None)
    with pytest.raises(PlaceGoneError):
        world.services.places.answers(seeker.visitor)
