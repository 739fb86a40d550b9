"""A store that fills up: nobody new comes in, and nobody who is in notices (promise 9)."""

from collections.abc import Callable

import pytest

from matcher.bootstrap import build
from matcher.domain.errors import StoreFullError
from matcher.domain.offer import Reply
from matcher.store.memory import ASKED_EVERY, Memory
from matcher.web.public.app import create_app
from tests.faults.filling import fill, fill_up
from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker, to_the_check_page
from tests.world import SEEKER, World

SECOND = 1.0
ABOVE = 0.81  # the mark of the settings, and what connections take and give back


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
