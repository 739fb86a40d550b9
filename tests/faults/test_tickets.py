"""The store is lost under people who wait; and nothing old brings anybody back (promise 20)."""

from base64 import urlsafe_b64decode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask

from matcher.domain.errors import NoSessionError
from matcher.domain.place import CheckIn
from matcher.domain.profile import Handle
from matcher.store.people import People
from matcher.store.rulebook import Rulebook
from matcher.store.tickets import Tickets
from matcher.web.public.app import create_app
from tests.faults.replays import AT_ONCE, REPLAYS, comes, lose_the_store, replay
from tests.web.browsing import Browser
from tests.world import SEEKER, Person, World
from worker.rounds import Rounds
from worker.wiring import ground_of

WAITING = 50
MINUTE = timedelta(minutes=1)
A_REST = timedelta(hours=30)
ROUNDS = 50


@pytest.fixture
def app(world: World) -> Flask:
    return create_app(world.services)


def _here(app: Flask, who: Person) -> Browser:
    """Open somebody's own page and leave it open."""
    browser = Browser(app.test_client())
    browser.client.set_cookie("stay", who.cookie)
    return browser.open("/en/here")


def test_of_fifty_who_wait_those_with_an_open_page_are_back_once_in_the_old_order(
    app: Flask, world: World
) -> None:
    people = []
    for _ in range(WAITING):
        people.append(world.seeker())
        world.advance(MINUTE)
    open_pages = {who.visitor.handle: _here(app, who) for who in people[::2]}
    order = world.waiting()
    since = {who.visitor.handle: world.services.places.look(who.visitor) for who in people}

    lose_the_store(world)
    for browser in reversed(open_pages.values()):
        browser.press("Check for news")
    others = [_here(app, who) for who in people[1::2]]
    signed_in = [
        Browser(app.test_client()).open("/en/back").press("Open", {"code": who.code})
        for who in people[1::2]
    ]

    assert {browser.response.status_code for browser in open_pages.values()} == {200}
    assert all("You are waiting for someone" in page.text for page in open_pages.values())
    assert world.waiting() == [handle for handle in order if handle in open_pages]
    assert len(world.waiting()) == WAITING / 2
    for who in people[::2]:
        assert world.services.places.look(who.visitor).since == since[who.visitor.handle].since
    assert {browser.response.status_code for browser in others} == {401}
    assert all("you would have to start again" in browser.text for browser in others)
    assert all("No place opens with this code" in browser.text for browser in signed_in)


def test_a_page_that_is_open_in_many_tabs_brings_its_person_back_once(
    app: Flask, world: World
) -> None:
    who = world.seeker()
    action, values = _here(app, who).prepared("Check for news")
    lose_the_store(world)

    def press(_: int) -> int:
        client = app.test_client()
        client.set_cookie("stay", who.cookie)
        return client.post(action, data=values).status_code

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(press, range(4 * AT_ONCE)))

    assert sorted(answers)[:1] == [303]
    assert answers.count(303) == 1
    assert world.waiting() == [who.visitor.handle]


def _revoke(world: World, who: Person) -> None:
    """Take somebody's place away by their handle alone, as a console knows it."""
    tickets = Tickets(world.backing, People(world.backing))
    tickets.revoke(who.visitor.handle, now=world.now())


def _erase(world: World, who: Person) -> None:
    world.services.places.erase(who.visitor)


@pytest.mark.parametrize("is_peer", [False, True])
@pytest.mark.parametrize("leave", [_erase, _revoke])
def test_nothing_old_brings_back_who_was_erased_or_revoked(
    world: World, leave: Callable[[World, Person], None], *, is_peer: bool
) -> None:
    old, who = comes(world, is_peer=is_peer)
    leave(world, who)

    before = replay(world, old, times=REPLAYS // 8)
    lose_the_store(world)
    world.services.invitations.restore()
    after = replay(world, old, times=REPLAYS // 8)

    assert (before, after) == (0, 0)
    assert not [key for key in world.key_names() if old.handle in key]


class _LookedTooSoon(Tickets):
    """Looks whether somebody has left for good just before they have."""

    def is_buried(self, handle: Handle) -> bool:  # noqa: ARG002 - as it is called
        return False


def test_who_is_revoked_while_their_ticket_is_read_does_not_come_back(world: World) -> None:
    old, who = comes(world, is_peer=False)
    lose_the_store(world)
    _revoke(world, who)

    late = _LookedTooSoon(world.backing, People(world.backing))
    with pytest.raises(NoSessionError):
        late.come_back(urlsafe_b64decode(old.ticket), now=world.now())

    assert world.waiting() == []


@pytest.mark.parametrize("is_peer", [False, True])
def test_a_conversation_ends_with_the_place_of_who_is_revoked(
    world: World, *, is_peer: bool
) -> None:
    seeker, peer = world.seeker(), world.peer()
    world.room(seeker, peer)
    revoked, other = (peer, seeker) if is_peer else (seeker, peer)

    _revoke(world, revoked)

    assert world.services.rooms.of(other.visitor) == ()
    assert not [key for key in world.key_names() if "}:r:" in key or "}:m:" in key]
    assert world.waits(seeker) is is_peer


def test_a_pair_that_one_of_them_ended_is_never_brought_together_again(world: World) -> None:
    """A ticket carries no marks of pairs: it need not, since a peer has none to come back with.

    Who helps again after a loss of the store is invited anew, under a name nobody knew.
    """
    (_, seeker), (old, peer) = comes(world, is_peer=False), comes(world, is_peer=True)
    places, rounds = world.services.places, Rounds(ground_of(world.backing))
    places.check_in(peer.visitor, CheckIn.TODAY)
    world.services.rooms.end(seeker.visitor, world.room(seeker, peer))
    places.resume(seeker.visitor)
    world.advance(world.rules.offers.repeat_after + A_REST)
    places.check_in(peer.visitor, CheckIn.TODAY)
    may_meet = world.waits(seeker) and world.is_reachable(peer)

    before = [rounds.run(seed=seed) for seed in range(ROUNDS)]
    ticket = places.ticket(seeker.visitor)
    lose_the_store(world)
    Rulebook(world.backing).publish(world.rules)
    places.come_back(ticket)
    back = replay(world, old, times=REPLAYS // 4)
    after = [rounds.run(seed=seed) for seed in range(ROUNDS)]

    assert may_meet
    assert world.waits(seeker)
    assert (sum(before), back, sum(after)) == (0, 0, 0)


def test_nothing_old_lets_somebody_wait_again_who_has_met_somebody(world: World) -> None:
    old, who = comes(world, is_peer=False)
    world.room(who, world.peer())

    replay(world, old, times=REPLAYS // 8)
    waits_before = world.waits(who)
    lose_the_store(world)
    after = replay(world, old, times=REPLAYS // 8)

    assert not waits_before
    assert after == 0
    assert world.key_names() == set()


def test_nothing_old_undoes_a_pause_or_a_change_after_the_store_was_lost(
    world: World,
) -> None:
    (paused, one), (changed, other) = (comes(world, is_peer=False) for _ in range(2))
    world.services.places.pause(one.visitor)
    world.services.places.change(other.visitor, SEEKER)
    lose_the_store(world)

    assert replay(world, paused, times=50) == 0
    assert replay(world, changed, times=50) == 0


def test_a_draft_that_was_corrected_before_the_code_was_kept_is_still_the_same_person(
    world: World,
) -> None:
    old, _ = comes(world, is_peer=False)
    intake = world.services.intake

    first = intake.admit_seeker(SEEKER, seed=old.seed)
    world.services.places.change(world.services.places.visitor(first.cookie), SEEKER)

    assert intake.admit_seeker(SEEKER, seed=old.seed).code == old.code
