"""A store that fills up: nobody new comes in, and nobody who is in notices (promise 9)."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from redis import Redis
from redis.exceptions import OutOfMemoryError

from matcher.bootstrap import build
from matcher.domain.errors import StoreFullError
from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn
from matcher.local.acl import Role, ServerName
from matcher.local.lifeline import lifeline
from matcher.settings.model import Settings
from matcher.store.leases import Leases
from matcher.store.memory import ASKED_EVERY, Memory
from matcher.store.statistics import Statistics
from matcher.store.vault import day_of, put, standing
from matcher.web.public.app import create_app
from tests import lifetimes, servers
from tests.faults.test_tickets import lose_the_store
from tests.servers import Running
from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker, to_the_check_page
from tests.world import LONELY, SEEKER, WIDER, World
from worker.clock import Clock, duties

MEMORY = "12mb"
BLOB_BYTES = 20_000
SECOND = 1.0
SHORTLY = timedelta(seconds=1)
ABOVE = 0.81  # the mark of the settings, and what connections take and give back


@pytest.fixture
def small() -> Iterator[Running]:
    """Run a store of little memory."""
    with (
        servers.private_folder() as folder,
        lifeline() as guard,
        servers.running(ServerName.STORE, folder, guard=guard, memory=MEMORY) as found,
    ):
        guard.remove(folder)
        yield found


@pytest.fixture
def anew(settings: Settings, small: Running) -> Iterator[Callable[[], World]]:
    """Yield what makes a process of ours that has not asked the small store yet."""
    url = small.url(Role.APP)
    with Redis.from_url(small.everything()) as redis:
        yield lambda: World(replace(settings, store_url=url), redis)
        lifetimes.check_store(redis, settings)


def fill(world: World, share: float) -> None:
    """Write until so much of the memory is in use."""
    asked = Memory(world.backing.store, _ticking())
    number = 0
    while asked.share() < share:
        world.redis.set(world.backing.keys("m:", f"{number}"), "x" * BLOB_BYTES, ex=600)
        number += 1


def fill_up(world: World) -> None:
    """Write until there is no room for one byte more."""
    for size in (BLOB_BYTES, 1_000, 100):
        with suppress(OutOfMemoryError):
            for number in count():
                key = world.backing.keys("m:", f"{size}:{number}")
                world.redis.set(key, "x" * size, ex=600)


def _ticking() -> Callable[[], float]:
    ticks = iter(range(0, 10**9, 10))
    return lambda: float(next(ticks))


def test_from_the_mark_on_nobody_new_comes_in_and_all_others_go_on(
    anew: Callable[[], World],
) -> None:
    world = anew()
    seeker, peer, other = world.seeker(), world.peer(), world.seeker()
    offer, _ = world.propose(seeker, peer)
    fill(world, ABOVE)
    before = world.key_names()

    full = anew()
    with pytest.raises(StoreFullError):
        full.seeker()
    with pytest.raises(StoreFullError):
        full.peer()

    assert before <= full.key_names() | {key for key in before if ":i:" in key}
    assert set(full.waiting()) == {other.visitor.handle}
    full.answer(peer, offer, Reply.ACCEPTED)
    room = full.answer(seeker, offer, Reply.ACCEPTED)
    assert room is not None
    full.services.places.pause(other.visitor)
    full.services.places.resume(full.again(other))
    assert full.services.places.ticket(full.again(other))
    assert full.waits(other)
    full.services.places.erase(full.again(other))
    assert full.backing.head(other.visitor.handle) is None


def test_a_flood_of_newcomers_stops_at_the_mark_and_puts_nobody_out(
    anew: Callable[[], World],
) -> None:
    world = anew()
    first = world.seeker()
    fill(world, world.settings.pressure.closes - 0.01)
    process, came = anew(), 0
    while came < 2_000:
        if came % 20 == 0:
            process = anew()  # two seconds later
        try:
            process.services.intake.admit_seeker(SEEKER, seed=came.to_bytes(32))
        except StoreFullError:
            break
        came += 1

    assert 0 < came < 2_000
    assert len(world.waiting()) == came + 1
    assert world.waits(first)
    assert Memory(world.backing.store).share() < world.settings.pressure.closes + 0.05


def test_pages_say_so_at_once_and_when_to_come_back(anew: Callable[[], World]) -> None:
    world = anew()
    late = Browser(create_app(world.services).test_client())
    to_the_check_page(late)
    fill(world, ABOVE)
    full = anew()
    client = create_app(full.services).test_client()
    action, values = late.prepared("Agree and send", {"matching": "yes"})
    full.advance(full.settings.pressure.wait)

    closed, refused = client.get("/en/start"), client.post(action, data=values)

    for answer in (closed, refused):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert "no room for anybody new" in answer.get_data(as_text=True)
    assert "What you typed is still in this page." in refused.get_data(as_text=True)


def test_who_is_in_comes_back_while_work_is_asked_of_newcomers(
    anew: Callable[[], World],
) -> None:
    world = anew()
    inside = Browser(create_app(world.services).test_client())
    code = come_in_as_seeker(inside)
    fill(world, ABOVE)
    full = anew()
    back = Browser(create_app(full.services).test_client()).open("/en/back")

    back.press("Open", {"code": code})
    asked = back.response.status_code
    full.advance(full.settings.pressure.wait)
    back.press("Go on")

    assert asked == 429
    assert "You are waiting for someone" in back.text


def test_in_a_store_without_any_room_those_who_are_in_send_their_forms(
    anew: Callable[[], World],
) -> None:
    world = anew()
    inside = Browser(create_app(world.services).test_client())
    code = come_in_as_seeker(inside)
    world.advance(world.settings.pressure.wait)  # pages are as old as work under pressure asks
    fill_up(world)
    again = Browser(create_app(build(world.settings)).test_client()).open("/en/back")

    paused = inside.press("Pause").text
    again.press("Open", {"code": code})

    assert "You are paused" in paused
    assert "You are paused" in again.text
    again.open("/en/here/erase").press("Yes, erase everything")
    assert "Everything is erased" in again.text


def is_full(world: World) -> bool:
    """Say whether the store refuses whoever needs memory."""
    try:
        world.redis.set(world.backing.keys("m:", "more"), "x" * 100, ex=600)
    except OutOfMemoryError:
        return True
    return False


def test_in_a_store_without_any_room_all_that_is_asked_is_answered_and_all_may_leave(
    anew: Callable[[], World],
) -> None:
    world = anew()
    yes, no, over, back = (world.seeker() for _ in range(4))
    kind, unkind, tired, gone = (world.peer() for _ in range(4))
    asked, _ = world.propose(yes, kind)
    refused, _ = world.propose(no, unkind)
    ended = world.room(over, tired)
    too_much, _ = world.propose(back, gone)
    fill_up(world)
    full = anew()
    services = full.services

    services.offers.hand_back(gone.visitor, too_much)
    full.answer(unkind, refused, Reply.DECLINED)
    full.answer(kind, asked, Reply.ACCEPTED)
    room = full.answer(yes, asked, Reply.ACCEPTED)
    services.rooms.end(over.visitor, ended)

    assert is_full(world)
    assert room is not None
    assert [full.offers(who) for who in (unkind, gone)] == [(), ()]
    assert services.rooms.of(over.visitor) == ()
    services.rooms.hand_back(kind.visitor, room)
    for who in (yes, no, over, back, kind, unkind, tired, gone):
        services.places.erase(full.again(who))
    assert not [key for key in full.key_names() if "}:h:" in key]


def test_in_a_store_without_any_room_places_are_changed_and_kept(
    anew: Callable[[], World],
) -> None:
    world = anew()
    seeker, peer, lone = world.seeker(), world.peer(how=None), world.seeker()
    fill_up(world)
    full = anew()
    places = full.services.places

    places.check_in(peer.visitor, CheckIn.TODAY)
    places.change(peer.visitor, WIDER)
    places.set_capacity(peer.visitor, 2)
    places.change(seeker.visitor, replace(SEEKER, relay_ok=False))
    places.pause(seeker.visitor)
    places.resume(seeker.visitor)
    places.extend(seeker.visitor)
    places.keep_no_code(lone.visitor, lone.cookie)

    assert is_full(world)
    assert full.is_reachable(peer)
    assert places.answers(seeker.visitor) == replace(SEEKER, relay_ok=False)
    assert places.look(places.visitor(lone.cookie)).role is lone.visitor.role


def test_in_a_store_without_any_room_a_ticket_still_brings_its_person_back(
    anew: Callable[[], World],
) -> None:
    world = anew()
    who = world.seeker()
    ticket = world.services.places.ticket(who.visitor)
    lose_the_store(world)
    fill_up(world)

    cookie = anew().services.places.come_back(ticket)

    assert is_full(world)
    assert world.services.places.visitor(cookie).handle == who.visitor.handle


def test_who_came_in_just_before_a_store_was_full_is_told_so_though_they_are_counted(
    anew: Callable[[], World],
) -> None:
    world = anew()
    fill_up(world)

    Statistics(anew().backing, [LONELY], most=1).add([LONELY], now=world.now())

    assert is_full(world)
    assert [key for key in world.key_names() if "}:stats:sums:" in key]


def test_in_a_store_without_any_room_the_clock_still_moves_the_vault_on_and_sweeps(
    anew: Callable[[], World], line: Redis
) -> None:
    world = anew()
    who, backing = world.seeker(), anew().backing
    fill_up(world)
    day = day_of(backing.clock.agreed()) - 1
    put(world.settings.folders.vault, day, b"v" * 32)
    world.redis.delete(backing.keys("h:", who.visitor.handle))
    beats = Clock(backing.clock, Leases(backing), duties(backing, line), gather=SHORTLY)

    beats.beat()

    assert is_full(world)
    assert standing(world.settings.folders.vault) != (day, b"v" * 32)
    assert world.redis.zcard(backing.keys("w")) == 0


def test_intake_opens_again_soon_after_memory_is_free(anew: Callable[[], World]) -> None:
    world, now = anew(), [0.0]
    memory = Memory(world.backing.store, lambda: now[0])
    before = memory.share()
    fill(world, before + 0.1)
    now[0] += ASKED_EVERY.total_seconds() - SECOND
    cached = memory.share()

    now[0] += SECOND
    filled = memory.share()

    assert before == cached < filled
    assert 0 < before < filled < 1
