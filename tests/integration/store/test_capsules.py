"""Capsules: who finds one, whom it tells, when it goes; and that nothing leads to it."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha1

import pytest

from matcher.domain.offer import OfferId, Reply
from matcher.domain.place import CheckIn
from matcher.domain.profile import Handle, Role
from matcher.domain.report import Category, ReportId
from matcher.domain.room import RoomKind
from matcher.store.capsules import CAPSULE_SIZE, NAMES, TRIED, Capsules
from matcher.store.clock import rounded_up
from matcher.store.sealing import sealed_size
from matcher.store.vault import DAY_BYTES, vault_size
from tests.telling import tell
from tests.world import Person, World, with_capacity

MILLISECOND, MOMENT = timedelta(milliseconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = 7 * DAY


@pytest.fixture
def capsules(world: World) -> Capsules:
    return Capsules(world.backing)


def others(capsules: Capsules, world: World, who: Person) -> list[str]:
    """Name whom somebody could tell the team about."""
    return [one.other for one in capsules.untold(who.visitor.own, now=world.now())]


def names(world: World) -> set[str]:
    return {key for key in world.key_names() if "}:k:" in key}


def halves(world: World) -> set[str]:
    return {key for key in world.key_names() if "}:tell:" in key}


def _begun(world: World, capsules: Capsules, own: bytes, many: int) -> list[str]:
    """Write capsules of somebody's down as if so many rooms of theirs began, and name them."""
    told = []
    for nth in range(many):
        offer, now = OfferId(f"{nth}"), world.now()
        telling = capsules.begin(own, Handle("0" * 32), offer, left=b"", now=now)
        names, sealed = telling.capsules[Role.SEEKER]
        told.append(names.partition(",")[0])
        assert told[-1], "no name was free"
        mark = sha1(f"tell{offer}".encode(), usedforsecurity=False).hexdigest()
        world.redis.set(world.backing.keys("k:", told[-1]), sealed, ex=60)
        world.redis.set(world.backing.keys("tell:", mark), telling.half, ex=60)
    return told


def _whole_day_after(moment: datetime) -> float:
    return rounded_up(moment, DAY).timestamp()


def test_each_side_of_a_room_finds_the_other_and_nobody_else_finds_either(
    world: World, capsules: Capsules
) -> None:
    seeker, peer, stranger = world.seeker(), world.peer(), world.seeker()

    world.room(seeker, peer)

    assert others(capsules, world, seeker) == [peer.visitor.handle]
    assert others(capsules, world, peer) == [seeker.visitor.handle]
    assert others(capsules, world, stranger) == []
    assert capsules.untold(b"", now=world.now()) == ()
    assert capsules.told(b"") == ()
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
    (found,) = capsules.untold(own, now=world.now())
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
    assert len(capsules.untold(seeker.visitor.own, now=world.now())) == 1


@pytest.mark.parametrize("kind", RoomKind)
def test_it_opens_for_a_week_after_the_room_and_shuts_with_a_whole_day(
    world: World, capsules: Capsules, kind: RoomKind
) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer, kind=kind)
    ends = world.services.rooms.enter(seeker.visitor, room).until

    (found,) = capsules.untold(seeker.visitor.own, now=world.now())
    world.advance(ends + WEEK - MOMENT - world.now())

    assert found.until.timestamp() == pytest.approx(_whole_day_after(ends + WEEK), abs=60)
    assert others(capsules, world, seeker) == [peer.visitor.handle]
    world.advance(DAY + 2 * MOMENT)
    assert others(capsules, world, seeker) == others(capsules, world, peer) == []
    assert halves(world) == set()


def test_it_opens_for_a_week_after_a_live_room_s_real_end_for_who_never_looked_at_it_again(
    world: World, capsules: Capsules
) -> None:
    """What the other side says lets the room live on, and with it the right to tell."""
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer, kind=RoomKind.LIVE)
    for day in range(20):
        world.advance(23 * HOUR)
        world.services.rooms.say(peer.visitor, room, "Answer me", once=str(day))
    ends = world.services.rooms.enter(peer.visitor, room).until

    world.advance(ends + WEEK - MOMENT - world.now())

    assert others(capsules, world, seeker) == [peer.visitor.handle]
    world.advance(DAY + 2 * MOMENT)
    assert others(capsules, world, seeker) == []


@pytest.mark.parametrize("how", ["end", "hand_back", "erase"])
def test_it_opens_for_a_week_after_a_room_that_was_ended_early_and_no_longer(
    world: World, capsules: Capsules, how: str
) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    world.advance(DAY)
    if how == "erase":
        world.services.places.erase(peer.visitor)
    else:
        getattr(world.services.rooms, how)(peer.visitor, room)

    world.advance(WEEK - MOMENT)

    assert others(capsules, world, seeker) == [peer.visitor.handle]
    world.advance(DAY + 2 * MOMENT)
    assert others(capsules, world, seeker) == []


def test_all_of_one_day_end_together_whatever_their_rooms_and_reports_do(
    world: World,
) -> None:
    world.begin(WEEK)
    longer, ended, told = (world.seeker() for _ in range(3))
    kinds = (RoomKind.LIVE, RoomKind.SLOW, RoomKind.LIVE)
    peers = [world.peer() for _ in kinds]
    rooms = [
        world.room(seeker, peer, kind=kind)
        for seeker, peer, kind in zip((longer, ended, told), peers, kinds, strict=True)
    ]
    before = {name: world.redis.pexpiretime(name) for name in names(world)}

    world.services.rooms.end(ended.visitor, rooms[1])
    world.services.reports.tell_of_room(told.visitor, rooms[2], Category.THREAT)
    world.advance(23 * HOUR)
    world.services.rooms.say(peers[0].visitor, rooms[0], "Hello", once="1")

    ends = [world.redis.pexpiretime(name) for name in names(world)]
    days = {world.redis.getrange(name, 0, DAY_BYTES - 1) for name in names(world)}
    assert len(before) == 6
    assert len(set(before.values())) == len(days) == 1
    (end,) = set(before.values())
    assert [one + 23 * HOUR // MILLISECOND for one in ends] == pytest.approx(
        [end] * 6, abs=60_000
    )


def test_nobody_finds_out_whom_it_led_to_once_it_has_shut(
    world: World, capsules: Capsules
) -> None:
    """Not even with its owner's code: half of its key is gone, and stood nowhere else."""
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    (name,) = halves(world)
    half = world.redis.get(name)
    world.services.rooms.end(seeker.visitor, room)

    world.advance(WEEK + DAY)

    assert others(capsules, world, seeker) == []
    assert len(names(world)) == 2
    world.redis.set(name, half or b"", ex=60)
    assert others(capsules, world, seeker) == [peer.visitor.handle]


def test_names_of_what_has_shut_are_used_again(world: World, capsules: Capsules) -> None:
    """Who talks with many in the time that capsules live can always tell of the newest."""
    peer = world.peer()
    own, now = peer.visitor.own, world.now()
    (told,) = _begun(world, capsules, own, 1)
    capsule = world.backing.keys("k:", told)
    (found,) = capsules.untold(own, now=now)
    world.redis.set(capsule, capsules.used(own, found, ReportId("ended")), keepttl=True)
    for _ in range(NAMES // TRIED + 1):
        _begun(world, capsules, own, TRIED)
        world.redis.delete(*halves(world))

    seeker = world.seeker()
    world.room(seeker, peer)

    assert others(capsules, world, peer) == [seeker.visitor.handle]


def test_once_told_it_leads_to_nobody_any_more(world: World, capsules: Capsules) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)

    report = tell(world, seeker, room)

    assert others(capsules, world, seeker) == []
    assert [told.report for told in capsules.told(seeker.visitor.own)] == [report]
    assert others(capsules, world, peer) == [seeker.visitor.handle]


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
