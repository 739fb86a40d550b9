"""Reports: whom they hold, who can open them, what is decided, and what is refused."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from matcher.domain.errors import (
    CapsuleGoneError,
    MatcherError,
    OfferGoneError,
    ReportGoneError,
    RoomGoneError,
)
from matcher.domain.lines import MOST_LINES
from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn, PlaceState
from matcher.domain.report import (
    CapsuleId,
    Category,
    Decision,
    ReportState,
)
from matcher.store.backing import at
from matcher.store.boxes import box_size
from matcher.store.clock import rounded_down
from matcher.store.reports import LINES_SIZE, REPORT_SIZE
from matcher.store.vault import vault_size
from tests.telling import converse, decide, desk_of, stands, states, tell
from tests.world import World, with_capacity

DAY = timedelta(days=1)
SERIOUS = [category for category in Category if category.is_serious]
NOT_SERIOUS = [category for category in Category if not category.is_serious]


def test_five_categories_are_serious_and_three_are_not() -> None:
    assert {*SERIOUS} == {
        *(Category.UNSAFE, Category.CONTACT, Category.SEX, Category.MONEY, Category.THREAT)
    }
    assert len(NOT_SERIOUS) == 3


@pytest.mark.parametrize("category", SERIOUS)
def test_a_serious_report_holds_a_peer_at_once(world: World, category: Category) -> None:
    seeker, peer, other = world.seeker(), world.peer(with_capacity(3)), world.seeker()
    room = world.room(seeker, peer)
    assert world.is_reachable(peer)

    tell(world, seeker, room, category)

    assert world.propose(other, peer)[1] == "held"
    assert not world.is_reachable(peer)
    assert stands(world, peer) is PlaceState.HELD


def test_a_serious_report_holds_a_seeker_too_once_they_wait_again(world: World) -> None:
    seeker, peer, other = world.seeker(), world.peer(), world.peer()
    room = world.room(seeker, peer)

    tell(world, peer, room)
    world.services.rooms.end(peer.visitor, room)
    world.services.places.resume(seeker.visitor)

    assert world.propose(seeker, other)[1] == "held"
    assert not world.waits(seeker)
    assert stands(world, seeker) is PlaceState.HELD


@pytest.mark.parametrize("category", NOT_SERIOUS)
def test_any_other_report_holds_nobody(world: World, category: Category) -> None:
    seeker, peer = world.seeker(), world.peer(with_capacity(3))
    room = world.room(seeker, peer)

    tell(world, seeker, room, category)

    assert world.propose(world.seeker(), peer)[1] == "offered"


def test_what_is_suggested_to_them_is_taken_back_and_nobody_can_say_yes_to_it(
    world: World,
) -> None:
    seeker, peer, asked = world.seeker(), world.peer(with_capacity(3)), world.seeker()
    room = world.room(seeker, peer)
    offer, _ = world.propose(asked, peer)

    tell(world, seeker, room)

    with pytest.raises(OfferGoneError):
        world.answer(peer, offer, Reply.ACCEPTED)
    assert world.waits(asked)


def test_checking_in_resting_and_pausing_end_no_hold(world: World) -> None:
    seeker, peer = world.seeker(), world.peer(with_capacity(3))
    tell(world, seeker, world.room(seeker, peer))
    places, visitor = world.services.places, peer.visitor

    places.check_in(visitor, CheckIn.TODAY)
    places.pause(visitor)
    places.resume(visitor)
    places.extend(visitor)
    places.check_in(visitor, CheckIn.TODAY)

    assert not world.is_reachable(peer)
    assert world.propose(world.seeker(), peer)[1] == "held"


def test_a_hold_that_nobody_decides_ends_with_its_report(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    tell(world, seeker, room)
    world.services.rooms.end(peer.visitor, room)

    world.advance(13 * DAY - timedelta(minutes=1))
    before = stands(world, peer)
    world.advance(DAY + timedelta(minutes=1))

    assert (before, stands(world, peer)) == (PlaceState.HELD, PlaceState.AWAY)
    assert desk_of(world).waiting() == ()


def test_a_ticket_of_before_does_not_undo_a_hold_and_a_held_seeker_gets_none(
    world: World,
) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    world.services.rooms.end(seeker.visitor, room)
    world.services.places.resume(seeker.visitor)
    ticket = world.services.places.ticket(seeker.visitor)
    (capsule,) = world.services.reports.of(peer.visitor.own)

    world.services.reports.tell(peer.visitor.own, capsule.id, Category.SEX)
    held = world.services.places.ticket(seeker.visitor)
    world.redis.flushdb()

    assert ticket
    assert held == ""
    with pytest.raises(MatcherError):
        world.services.places.come_back(ticket)


def test_one_capsule_makes_one_report(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    tell(world, seeker, room, Category.OTHER)
    (capsule,) = world.services.reports.of(seeker.visitor.own)

    with pytest.raises(CapsuleGoneError):
        world.services.reports.tell_of_room(seeker.visitor, room, Category.THREAT)
    with pytest.raises(CapsuleGoneError):
        world.services.reports.tell(seeker.visitor.own, capsule.id, Category.THREAT)

    assert len(desk_of(world).waiting()) == 1
    assert stands(world, peer) is not PlaceState.HELD


def test_forged_reports_are_refused_and_hold_nobody(world: World) -> None:
    seeker, peer, stranger = world.seeker(), world.peer(with_capacity(2)), world.seeker()
    room = world.room(seeker, peer)
    reports, serious = world.services.reports, Category.THREAT
    (theirs,) = reports.of(seeker.visitor.own)
    before = world.key_names()

    for own in (stranger.visitor.own, b"", peer.visitor.own):
        for capsule in (theirs.id, CapsuleId("0" * 32), CapsuleId("")):
            with pytest.raises(CapsuleGoneError):
                reports.tell(own, capsule, serious)
    with pytest.raises(RoomGoneError):
        reports.tell_of_room(stranger.visitor, room, serious)
    nameless = replace(seeker.visitor, own=stranger.visitor.own)
    with pytest.raises(CapsuleGoneError):
        reports.tell_of_room(nameless, room, serious)

    assert desk_of(world).waiting() == ()
    assert world.key_names() == before
    assert world.propose(stranger, peer)[1] == "offered"


@pytest.mark.parametrize("who_ends", [0, 1])
def test_erasing_the_room_or_oneself_takes_nobody_the_right_to_report(
    world: World, who_ends: int
) -> None:
    both = world.seeker(), world.peer(with_capacity(2))
    room = world.room(*both)
    gone, left = both[who_ends], both[1 - who_ends]
    world.services.rooms.end(gone.visitor, room)
    world.services.places.erase(gone.visitor)

    (capsule,) = world.services.reports.of(left.visitor.own)
    world.services.reports.tell(left.visitor.own, capsule.id, Category.CONTACT)

    (waiting,) = desk_of(world).waiting()
    opened = desk_of(world).open(waiting.id)
    assert (opened.category, opened.about) == (Category.CONTACT, gone.visitor.role)
    assert states(world, left) == [ReportState.SEEN]


def test_what_was_told_is_gone_after_fourteen_days_for_every_key(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer))
    key = world.backing.keys("report:", report)
    kept = world.redis.hget(key, "report") or b""
    ends = world.ends(key)

    world.advance(14 * DAY)
    left = [name for name in world.key_names() if "}:report" in name]
    world.redis.hset(key, mapping={"report": kept, "until": f"{world.now().timestamp()}"})
    with pytest.raises(ReportGoneError):
        decide(world, report, Decision.DISMISS)
    world.redis.delete(key)

    assert left == []
    assert ends % DAY.total_seconds() == 0


def test_a_report_that_has_ended_is_told_about_no_more_and_not_made_again(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    world.services.rooms.say(peer.visitor, room, "Hello", once="1")
    tell(world, seeker, room)
    before = states(world, seeker)

    world.advance(rounded_down(world.now() + 14 * DAY, DAY) - world.now())

    assert (before, states(world, seeker)) == ([ReportState.SENT], [])
    assert world.services.reports.has_told(world.again(seeker), room)


def test_every_report_is_as_long_as_any_other(world: World) -> None:
    lengths = set()
    for category, lines in product(Category, (0, 1, MOST_LINES)):
        seeker, peer = world.seeker(), world.peer()
        who = seeker if category.is_serious else peer
        room = converse(world, seeker, peer, "abcde")
        report = tell(world, who, room, category, places=range(lines))
        held = world.redis.hgetall(world.backing.keys("report:", report))
        lengths.add(tuple(len(value) for _, value in sorted(held.items())))

    boxes = [vault_size(box_size(size)) for size in (LINES_SIZE, REPORT_SIZE)]
    assert lengths == {(*boxes, len(at(rounded_down(world.now(), DAY))))}


def test_a_report_leads_to_nobody_in_the_store(world: World) -> None:
    """No name of it stands anywhere else, and what holds somebody bears another name."""
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer))
    head = world.backing.keys("h:", peer.visitor.handle)
    hold = world.redis.execute_command("HGET", head, "holds").partition(b":")[0]

    told = {key: _values(world, key) for key in _hashes(world)}

    assert len(hold) > 8
    assert [key for key, held in told.items() if report.encode() in held] == []
    assert [key for key, held in told.items() if hold in held] == [head.encode()]
    own = told[world.backing.keys("report:", report).encode()]
    assert seeker.visitor.handle.encode() not in own


def _values(world: World, key: str | bytes) -> bytes:
    return b" ".join(world.redis.execute_command("HVALS", key))


def _hashes(world: World) -> list[bytes]:
    return [key for key in world.redis.scan_iter() if world.redis.type(key) == b"hash"]
