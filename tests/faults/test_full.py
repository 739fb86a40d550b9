"""A store without room for one byte: who is in answers, leaves, and is swept (promise 9)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis

from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn, PlaceState
from matcher.domain.report import Decision
from matcher.domain.room import MAX_CHARACTERS
from matcher.store.leases import Leases
from matcher.store.statistics import CAME, Statistics
from matcher.store.vault import day_of, put, standing
from matcher.web.public.app import create_app
from tests.faults.filling import fill_up, is_full
from tests.faults.replays import lose_the_store
from tests.telling import converse, desk_of, stands, tell
from tests.web.browsing import Browser
from tests.web.people import begin_to_talk, meet
from tests.world import LONELY, SEEKER, WIDER, World
from worker.clock import Clock, duties

LETTER = "Dear you, this took me an hour. " * 60
LONGEST = "\U0001f33f" * MAX_CHARACTERS
REPORTS = 10
SHORTLY = timedelta(seconds=1)


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
    assert is_full(world)
    full = anew()
    services = full.services

    services.offers.hand_back(gone.visitor, too_much)
    full.answer(unkind, refused, Reply.DECLINED)
    full.answer(kind, asked, Reply.ACCEPTED)
    room = full.answer(yes, asked, Reply.ACCEPTED)
    services.rooms.end(over.visitor, ended)

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
    assert is_full(world)
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

    assert full.is_reachable(peer)
    assert places.answers(seeker.visitor) == replace(SEEKER, relay_ok=False)
    assert places.look(places.visitor(lone.cookie)).role is lone.visitor.role


def test_in_a_store_without_any_room_the_team_is_told_and_shown_the_longest_line(
    anew: Callable[[], World],
) -> None:
    world = anew()
    pairs = [(world.seeker(), world.peer()) for _ in range(REPORTS)]
    rooms = [converse(world, *pair, [LONGEST]) for pair in pairs]
    fill_up(world)
    assert is_full(world)
    full = anew()

    told = [
        tell(full, seeker, room, places=[0])
        for (seeker, _), room in zip(pairs, rooms, strict=True)
    ]

    opened = [desk_of(full).open(report) for report in told]
    assert {line.text for report in opened for line in report.lines} == {LONGEST}
    assert {stands(full, peer) for _, peer in pairs} == {PlaceState.HELD}
    desk_of(full).decide(told[0], Decision.DISMISS)
    assert len(desk_of(full).waiting()) == REPORTS - 1


def test_in_a_store_without_any_room_a_ticket_still_brings_its_person_back(
    anew: Callable[[], World],
) -> None:
    world = anew()
    who = world.seeker()
    ticket = world.services.places.ticket(who.visitor)
    lose_the_store(world)
    fill_up(world)
    assert is_full(world)

    cookie = anew().services.places.come_back(ticket)

    assert world.services.places.visitor(cookie).handle == who.visitor.handle


@pytest.mark.parametrize(
    ("language", "button", "told"),
    [
        ("en", "Send", "There is no room for your message just now, so it was not sent."),
        ("ar", "إرسال", "لا تتّسع المساحة لرسالتكم الآن، لذلك لم تُرسل."),
    ],
)
def test_what_somebody_writes_into_a_store_without_any_room_stays_in_the_form(
    anew: Callable[[], World], language: str, button: str, told: str
) -> None:
    world = anew()
    app = create_app(world.services)
    seeker, peer = Browser(app.test_client()), Browser(app.test_client())
    meet(world, seeker, peer)
    begin_to_talk(seeker, peer)
    seeker.open(seeker.response.request.path.replace("/en/", f"/{language}/"))
    action, given = seeker.prepared(button, {"text": LETTER})
    world.redis.config_set("maxmemory", 1)  # so full that nothing frees enough for a letter
    assert is_full(world)

    answer = seeker.client.post(action, data=given)
    shown = answer.get_data(as_text=True)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert told in shown
    assert f">{LETTER}</textarea>" in shown
    assert f'name="once" value="{given["once"]}"' in shown


def test_who_came_in_just_before_a_store_was_full_is_told_so_though_they_are_counted(
    anew: Callable[[], World],
) -> None:
    world = anew()
    fill_up(world)
    assert is_full(world)

    Statistics(anew().backing, [LONELY], most=1, of=CAME).add([LONELY], now=world.now())

    assert [key for key in world.key_names() if "}:stats:open:sums:" in key]


def test_in_a_store_without_any_room_the_clock_still_moves_the_vault_on_and_sweeps(
    anew: Callable[[], World], line: Redis
) -> None:
    world = anew()
    who, backing = world.seeker(), anew().backing
    fill_up(world)
    assert is_full(world)
    day = day_of(backing.clock.agreed()) - 1
    put(world.settings.folders.vault, day, b"v" * 32)
    world.redis.delete(backing.keys("h:", who.visitor.handle))
    beats = Clock(backing.clock, Leases(backing), duties(backing, line), gather=SHORTLY)

    beats.beat()

    assert standing(world.settings.folders.vault) != (day, b"v" * 32)
    assert world.redis.zcard(backing.keys("w")) == 0
