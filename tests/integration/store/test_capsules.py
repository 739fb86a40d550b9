"""Capsules: who finds one, whom it tells, when it goes; and that nothing leads to it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn
from matcher.domain.room import RoomKind
from matcher.store.capsules import CAPSULE_SIZE, Capsules
from matcher.store.sealing import sealed_size
from matcher.store.vault import vault_size
from tests.world import Person, World, with_capacity

DAY = timedelta(days=1)
MOMENT = timedelta(seconds=1)
WEEK = 7 * DAY


@pytest.fixture
def capsules(world: World) -> Capsules:
    return Capsules(world.backing)


def others(capsules: Capsules, world: World, who: Person) -> list[str]:
    """Name whom somebody could tell the team about."""
    return [one.other for one in capsules.of(who.visitor.own, now=world.now())]


def names(world: World) -> set[str]:
    return {key for key in world.key_names() if "}:k:" in key}


def test_each_side_of_a_room_finds_the_other_and_nobody_else_finds_either(
    world: World, capsules: Capsules
) -> None:
    seeker, peer, stranger = world.seeker(), world.peer(), world.seeker()

    world.room(seeker, peer)

    assert others(capsules, world, seeker) == [peer.visitor.handle]
    assert others(capsules, world, peer) == [seeker.visitor.handle]
    assert others(capsules, world, stranger) == []
    assert capsules.of(b"", now=world.now()) == ()
    assert len(names(world)) == 2


def test_before_both_said_yes_there_is_none(world: World, capsules: Capsules) -> None:
    seeker, peer = world.seeker(), world.peer()
    offer, _ = world.propose(seeker, peer)

    world.answer(peer, offer, Reply.ACCEPTED)

    assert others(capsules, world, peer) == others(capsules, world, seeker) == []
    assert names(world) == set()


def test_a_code_finds_it_when_the_place_has_long_gone(world: World, capsules: Capsules) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    world.services.rooms.end(seeker.visitor, room)
    world.advance(3 * DAY)

    own = world.backing.secrets.code(seeker.code).own
    (found,) = capsules.of(own, now=world.now())
    assert world.backing.head(seeker.visitor.handle) is None
    assert found.other == peer.visitor.handle


def test_who_erases_everything_takes_their_own_along_and_nobody_else_s(
    world: World, capsules: Capsules
) -> None:
    seeker, peer = world.seeker(), world.peer()
    world.room(seeker, peer)

    world.services.places.erase(peer.visitor)

    assert others(capsules, world, peer) == []
    assert others(capsules, world, seeker) == [peer.visitor.handle]
    world.services.places.erase(seeker.visitor)
    assert names(world) == set()


def test_who_came_back_after_a_loss_has_the_same_secret_as_before(
    world: World, capsules: Capsules
) -> None:
    seeker = world.seeker()
    ticket = world.services.places.ticket(seeker.visitor)
    world.services.places.sign_out(seeker.cookie)
    world.redis.delete(world.backing.keys("h:", seeker.visitor.handle))

    cookie = world.services.places.come_back(ticket)

    back = world.services.places.visitor(cookie)
    assert back.own == seeker.visitor.own != b""
    world.room(replace(seeker, visitor=back), world.peer())
    assert len(capsules.of(seeker.visitor.own, now=world.now())) == 1


def test_it_stays_a_week_after_the_room_and_goes_with_a_whole_day(
    world: World, capsules: Capsules
) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer, kind=RoomKind.LIVE)
    ends = world.services.rooms.enter(seeker.visitor, room).until

    (name,) = names(world) - {
        world.backing.keys("k:", one.id)
        for one in capsules.of(peer.visitor.own, now=world.now())
    }
    goes = world.ends(name)
    world.advance(ends + WEEK - MOMENT - world.now())

    assert goes % DAY.total_seconds() == 0
    assert 0 <= goes - (ends + WEEK).timestamp() <= DAY.total_seconds()
    assert others(capsules, world, seeker) == [peer.visitor.handle]
    world.advance(DAY + 2 * MOMENT)
    assert others(capsules, world, seeker) == []
    assert names(world) == set()


def test_it_lives_on_with_its_room_and_is_sealed_for_the_later_day(
    world: World, capsules: Capsules
) -> None:
    seeker, peer = world.seeker(), world.peer()
    world.room(seeker, peer, kind=RoomKind.LIVE)
    own, other = seeker.visitor.own, peer.visitor.handle
    later = world.now() + 6 * WEEK

    capsules.keep(own, other, room_ends=later, now=world.now())
    world.advance(6 * WEEK + 6 * DAY)

    assert others(capsules, world, seeker) == [other]
    assert others(capsules, world, peer) == []


def test_keeping_a_capsule_that_was_used_meanwhile_takes_nothing_back(
    world: World, capsules: Capsules
) -> None:
    seeker, peer = world.seeker(), world.peer()
    world.room(seeker, peer)
    (found,) = capsules.of(seeker.visitor.own, now=world.now())
    ends = str(world.now().timestamp() + 60)

    late = world.backing.step(
        "keep_capsule", found.id, b"as it was", b"as it was", ends, now=world.now()
    )

    assert not late
    (left,) = capsules.of(seeker.visitor.own, now=world.now())
    assert left.raw == found.raw


def test_one_who_talks_with_many_keeps_one_of_each(world: World, capsules: Capsules) -> None:
    peer = world.peer(with_capacity(6), how=CheckIn.TODAY)
    asking = [world.seeker() for _ in range(3)]
    offers = [world.propose(one, peer)[0] for one in asking]
    for offer in offers:
        world.answer(peer, offer, Reply.ACCEPTED)
    for one, offer in zip(asking, offers, strict=True):
        world.answer(one, offer, Reply.ACCEPTED)

    assert sorted(others(capsules, world, peer)) == sorted(w.visitor.handle for w in asking)
    assert len(names(world)) == 6


def test_all_are_as_long_as_any_other(world: World) -> None:
    for _ in range(2):
        world.room(world.seeker(), world.peer())

    lengths = {world.redis.strlen(name) for name in names(world)}

    assert lengths == {vault_size(sealed_size(CAPSULE_SIZE))}


def test_a_name_is_told_by_nothing_that_the_store_holds(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    offer, _ = world.propose(seeker, peer)
    world.answer(peer, offer, Reply.ACCEPTED)
    world.answer(seeker, offer, Reply.ACCEPTED)
    found = {name.rpartition(":")[2] for name in names(world)}

    told = b"".join(
        part
        for key in world.redis.scan_iter()
        if world.redis.type(key) == b"hash"
        for part in (key, *world.redis.hgetall(key), *world.redis.hgetall(key).values())
    )

    assert len(found) == 2
    assert not [name for name in found if name.encode() in told]
    assert b"capsule" not in world.redis.hgetall(world.backing.keys("o:", offer))
    assert seeker.visitor.handle.encode() in told
