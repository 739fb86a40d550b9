"""Coming back: with a code, with a session, and with a ticket after the store was lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_bytes

import pytest

from matcher.domain import codes
from matcher.domain.errors import (
    DraftGoneError,
    InvitationGoneError,
    NoSessionError,
    OfferGoneError,
    TooYoungError,
    UnknownCodeError,
)
from matcher.domain.invitation import Scope
from matcher.domain.offer import OfferId
from matcher.domain.profile import MINORS, AgeBand, Role
from matcher.domain.room import RoomId, RoomKind
from matcher.store.capsules import Means
from matcher.store.clock import OFFSET_KEY
from matcher.store.offers import Offers, Opening
from matcher.store.people import People
from matcher.store.spent import SpentList
from matcher.store.tickets import Tickets
from tests.world import PEER, SEEKER, Person, World

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def test_a_new_login_ends_the_earlier_session(world: World) -> None:
    seeker = world.seeker()

    cookie = world.services.places.sign_in(seeker.code, old_cookie=None)

    assert world.services.places.visitor(cookie) != seeker.visitor
    with pytest.raises(NoSessionError):
        world.services.places.visitor(seeker.cookie)


def test_a_session_ends_when_nobody_comes_for_an_hour(world: World) -> None:
    seeker = world.seeker()

    world.advance(59 * MINUTE)
    world.services.places.visitor(seeker.cookie)
    world.advance(59 * MINUTE)
    world.services.places.visitor(seeker.cookie)
    world.advance(71 * MINUTE)

    with pytest.raises(NoSessionError):
        world.services.places.visitor(seeker.cookie)


def test_who_keeps_no_code_has_a_session_as_long_as_their_place(world: World) -> None:
    seeker = world.seeker()

    world.services.places.keep_no_code(seeker.visitor, seeker.cookie)

    with pytest.raises(UnknownCodeError):
        world.services.places.sign_in(seeker.code, old_cookie=None)
    world.advance(13 * DAY)
    assert world.services.places.visitor(seeker.cookie).code_key is None
    world.advance(2 * DAY)
    with pytest.raises(NoSessionError):
        world.services.places.visitor(seeker.cookie)


def test_an_unknown_code_opens_nothing(world: World) -> None:
    with pytest.raises(UnknownCodeError):
        world.services.places.sign_in(codes.from_bits(7), old_cookie=None)


def test_a_draft_sent_again_is_the_same_person_until_its_code_is_kept(world: World) -> None:
    seed = token_bytes(32)
    first = world.services.intake.admit_seeker(SEEKER, seed=seed)

    assert world.services.intake.admit_seeker(SEEKER, seed=seed) == first
    world.services.intake.settle(seed)

    with pytest.raises(DraftGoneError):
        world.services.intake.admit_seeker(SEEKER, seed=seed)


def test_a_draft_of_somebody_who_left_brings_nobody_back(world: World) -> None:
    seed = token_bytes(32)
    admission = world.services.intake.admit_seeker(SEEKER, seed=seed)
    world.services.places.erase(world.services.places.visitor(admission.cookie))

    with pytest.raises(DraftGoneError):
        world.services.intake.admit_seeker(SEEKER, seed=seed)


def test_a_used_invitation_stays_used_after_the_store_was_lost(world: World) -> None:
    used, unused = world.services.invitations.create(
        count=2, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )
    world.services.intake.admit_peer(PEER, seed=token_bytes(32), invitation=used)

    _lose_the_store(world)
    world.services.invitations.restore()

    assert world.services.invitations.look(unused).scope == {Scope.ADULTS}
    with pytest.raises(InvitationGoneError):
        world.services.invitations.look(used)


def test_a_ticket_puts_a_seeker_back_once_at_the_old_place(world: World) -> None:
    seeker = world.seeker()
    since = world.services.places.look(seeker.visitor).since
    ticket = world.services.places.ticket(seeker.visitor)
    world.advance(timedelta(hours=5))
    offset = world.redis.get(OFFSET_KEY)
    _lose_the_store(world)
    world.redis.set(OFFSET_KEY, offset or 0)

    cookie = world.services.places.come_back(ticket)

    visitor = world.services.places.visitor(cookie)
    assert visitor.handle == seeker.visitor.handle
    assert world.services.places.look(visitor).since == since
    assert world.services.places.answers(visitor) == SEEKER
    assert world.waits(seeker)
    with pytest.raises(NoSessionError):
        world.services.places.come_back(ticket)
    assert world.again(seeker).handle == seeker.visitor.handle


@pytest.mark.parametrize(
    "after", ["erase", "both yes", "vault lost", "altered", "changed", "paused"]
)
def test_a_void_ticket_brings_nobody_back(world: World, after: str) -> None:
    seeker = world.seeker()
    ticket = world.services.places.ticket(seeker.visitor)
    if after == "erase":
        world.services.places.erase(seeker.visitor)
    if after == "both yes":
        world.room(seeker, world.peer())
    if after == "changed":
        world.services.places.change(seeker.visitor, SEEKER)
    if after == "paused":
        world.services.places.pause(seeker.visitor)
    if after == "vault lost":
        (world.settings.folders.vault / "vault").unlink()
    if after == "altered":
        ticket = ticket[:-8] + "AAAAAAA="
    _lose_the_store(world)

    with pytest.raises(NoSessionError):
        world.services.places.come_back(ticket)


def test_a_ticket_of_the_time_after_a_conversation_holds_again(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    old = world.services.places.ticket(seeker.visitor)
    room = world.room(seeker, peer)
    world.services.rooms.hand_back(peer.visitor, room)
    new = world.services.places.ticket(seeker.visitor)
    _lose_the_store(world)

    with pytest.raises(NoSessionError):
        world.services.places.come_back(old)
    assert world.services.places.come_back(new)


def test_a_yes_that_came_too_late_leaves_new_tickets_good(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    offer, _ = world.propose(seeker, peer)
    world.services.places.pause(peer.visitor)
    _say_yes_late(world, seeker, offer)
    ticket = world.services.places.ticket(seeker.visitor)
    _lose_the_store(world)

    assert world.services.places.come_back(ticket)


def test_a_new_ticket_after_a_change_brings_back_the_new_answers(world: World) -> None:
    seeker = world.seeker()
    changed = replace(SEEKER, relay_ok=False)
    world.services.places.change(seeker.visitor, changed)
    ticket = world.services.places.ticket(seeker.visitor)
    _lose_the_store(world)

    visitor = world.services.places.visitor(world.services.places.come_back(ticket))

    assert world.services.places.answers(visitor) == changed


def test_spent_tickets_are_forgotten_once_none_can_hold_any_more(tmp_path: Path) -> None:
    spent, now = SpentList(tmp_path), datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(1_000):  # four a shelf
        spent.add(f"old-{number}", until=now + DAY, now=now)
    spent.add("new", until=now + 9 * DAY, now=now + 2 * DAY)
    beside = spent.marks()
    spent.forget(now + 2 * DAY)

    assert 900 < len(beside) < 1_001  # what is on the shelf of the new one has gone with it
    assert spent.marks().keys() == {"new"}
    files = [*tmp_path.glob("spent-*")]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_a_code_is_shown_again_to_its_own_person_alone_until_it_is_kept(
    world: World,
) -> None:
    seed, stranger = token_bytes(32), world.seeker()
    admission = world.services.intake.admit_seeker(SEEKER, seed=seed)
    visitor = world.services.places.visitor(admission.cookie)

    assert world.services.intake.code_of(seed, visitor) == admission.code
    with pytest.raises(DraftGoneError):
        world.services.intake.code_of(seed, stranger.visitor)
    world.services.intake.settle(seed)

    with pytest.raises(DraftGoneError):
        world.services.intake.code_of(seed, visitor)
    assert world.services.intake.is_settled(seed)


def test_leaving_without_a_code_erases_what_nobody_could_find_again(world: World) -> None:
    seeker = world.seeker()
    world.services.places.keep_no_code(seeker.visitor, seeker.cookie)

    world.services.places.sign_out(seeker.cookie)

    assert not [key for key in world.key_names() if seeker.visitor.handle in key]


@pytest.mark.parametrize("age", sorted(MINORS))
def test_nothing_is_ever_stored_about_a_minor(world: World, age: AgeBand) -> None:
    seeker, before = world.seeker(), world.key_names()
    minor = replace(SEEKER, age=age)

    with pytest.raises(TooYoungError):
        world.services.intake.admit_seeker(minor, seed=token_bytes(32))
    with pytest.raises(TooYoungError):
        world.services.places.change(seeker.visitor, minor)

    assert world.key_names() == before


def _say_yes_late(world: World, seeker: Person, offer: OfferId) -> None:
    """Say yes with an opening that was prepared just before the offer was taken back."""
    now, handle = world.now(), seeker.visitor.handle
    tickets = Tickets(world.backing, People(world.backing))
    opening = Opening(
        room=RoomId("room"),
        kind=RoomKind.SLOW,
        sealed_key=b"",
        until=now + DAY,
        last_end=now + DAY,
        silent=now + DAY,
        version=1,
        sealed_profile=b"",
        stay=now + DAY,
        spent_mark=tickets.spend(handle, now=now),
        means=Means(
            half=b"half", capsules=dict.fromkeys(Role, ("name", b"capsule")), end=now + DAY
        ),
        bucket=b"",
    )
    with pytest.raises(OfferGoneError):
        Offers(world.backing).accept(offer, seeker.visitor, opening, now=now)


def _lose_the_store(world: World) -> None:
    for key in list(world.redis.scan_iter(count=1000)):
        world.redis.delete(key)
