"""Sums: noised from the first, of who agreed alone, told when their stretch is over."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.counted import MOST, Event
from matcher.domain.errors import OfferGoneError
from matcher.domain.offer import Reply
from matcher.domain.profile import Consent, Language, Region, SeekerProfile
from matcher.store.events import Events
from matcher.store.statistics import CAME, EVENTS, EVERY, WEEK, Statistics, Sums, let_be_read
from matcher.store.tallies import Tallies, cells_of
from tests.lifetimes import check_store
from tests.world import GRIEF, LONELY, SEEKER, World

DAY = timedelta(days=1)
MINUTE_MS = 60_000
CELLS = [f"need-{number}" for number in range(40)]
COUNTED = replace(SEEKER, consent=Consent(matching=True, statistics=True))


def raised(world: World, kind: str) -> dict[str, int]:
    """Read the one key of a kind."""
    (name,) = [key for key in world.key_names() if kind in key]
    return sums_of(world, name)


def sums_of(world: World, name: str) -> dict[str, int]:
    """Read sums as they are kept."""
    found = world.backing.store.command("HGETALL", name)
    return {cell.decode(): int(value) for cell, value in found.items()}


def differences(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """Say which cells have changed, and by how much."""
    changed = {cell: after[cell] - count for cell, count in before.items()}
    return {cell: by for cell, by in changed.items() if by}


def test_sums_are_noised_from_the_first_person_on(world: World) -> None:
    Statistics(world.backing, CELLS, most=5, of=CAME).add([CELLS[0]], now=world.now())

    sums = raised(world, ":sums:")

    assert len(sums) == len(CELLS)
    assert len(set(sums.values())) > 5


def test_sums_are_told_once_their_week_is_over_and_then_stay_the_same(world: World) -> None:
    statistics = Statistics(world.backing, CELLS[:3], most=2, of=CAME)
    world.begin(WEEK * DAY)
    for _ in range(150):
        statistics.add([*CELLS[:2], "unknown"], now=world.now())
    assert statistics.over(world.now(), 1).sums == {}

    world.advance(WEEK * DAY)

    told = statistics.over(world.now(), 1)
    assert told == statistics.over(world.now() + 3 * DAY, 1)
    assert statistics.over(world.now(), 1, skip=1).sums == {}
    for cell, count in zip(CELLS[:3], (150, 150, 0), strict=True):
        assert abs(told.sums[cell] - count) < 20 * told.deviation
    check_store(world.redis, world.settings)
    world.advance(CAME.lives)
    assert not [key for key in world.key_names() if "stats:" in key]


def test_two_clocks_move_sums_once_as_they_are(world: World) -> None:
    statistics = Statistics(world.backing, CELLS, most=5, of=CAME)
    late, now = world.now(), world.now() + WEEK * DAY
    statistics.add(CELLS[:5], now=late)
    grown, ends = raised(world, ":open:sums:"), left(world)

    let_be_read(world.backing, now=late)
    assert raised(world, ":open:sums:") == grown
    let_be_read(world.backing, now=now)
    let_be_read(world.backing, now=now)

    assert raised(world, ":sums:") == raised(world, ":stats:sums:") == grown
    assert ends - MINUTE_MS < left(world) <= ends
    assert statistics.over(now, 1).sums == grown


@pytest.mark.parametrize("of", EVERY, ids=lambda of: of.kind)
def test_who_comes_while_the_clock_has_fallen_back_counts_in_what_is_shown_next(
    world: World, of: Sums
) -> None:
    statistics = Statistics(world.backing, CELLS, most=5, of=of)
    world.begin(of.days * DAY)
    fallen, stretch = world.now(), of.days * DAY
    for ahead in (1, 2):  # the clock runs ahead, and falls back each time
        statistics.add(CELLS[:5], now=fallen)
        let_be_read(world.backing, now=fallen + ahead * stretch)
    shown = statistics.each(fallen + 2 * stretch, 2)

    statistics.add([], now=fallen)
    before = raised(world, ":open:")
    for _ in range(3):
        statistics.add(CELLS[:5], now=fallen)

    assert differences(before, raised(world, ":open:")) == dict.fromkeys(CELLS[:5], 3)
    assert statistics.each(fallen + 2 * stretch, 2) == shown
    check_store(world.redis, world.settings)
    let_be_read(world.backing, now=fallen + 3 * stretch)
    assert statistics.over(fallen + 3 * stretch, 3).stretches == 3


def test_sums_whose_stretch_ended_long_ago_are_still_moved(world: World) -> None:
    for of in EVERY:
        Statistics(world.backing, CELLS, most=5, of=of).add([], now=world.now())

    for of in EVERY:
        let_be_read(world.backing, now=world.now() + of.lives - DAY)
        assert not [key for key in world.key_names() if of.names(0)[0][:-1] in key]
        assert [key for key in world.key_names() if of.kind in key]


def left(world: World) -> int:
    """Say how long the one key of sums lives on, in milliseconds."""
    (name,) = [key for key in world.key_names() if ":sums:" in key]
    return world.redis.pttl(name)


def test_one_person_raises_no_more_cells_than_their_noise_hides(world: World) -> None:
    statistics = Statistics(world.backing, CELLS, most=2, of=CAME)
    statistics.add([], now=world.now())
    before = raised(world, ":sums:")

    statistics.add(CELLS, now=world.now())

    assert sum(differences(before, raised(world, ":sums:")).values()) == 2


@pytest.mark.parametrize("agrees", [True, False])
def test_only_who_agreed_is_counted(world: World, *, agrees: bool) -> None:
    consent = Consent(matching=True, statistics=agrees)

    world.seeker(replace(SEEKER, consent=consent))

    sums = [key for key in world.key_names() if ":sums:" in key]
    assert len(sums) == int(agrees)


def test_peers_are_never_counted(world: World) -> None:
    world.peer()

    assert not [key for key in world.key_names() if "stats:" in key]


def test_who_came_raises_each_need_and_one_cell_of_each_kind(world: World) -> None:
    region = next(iter(world.settings.regions))
    Tallies(world.backing).came.add([], now=world.now())
    before = raised(world, ":sums:")

    world.seeker(replace(COUNTED, region=region, main=GRIEF))

    assert differences(before, raised(world, ":sums:")) == {
        "all:all": 1,
        f"need:{LONELY}": 1,
        f"need:{GRIEF}": 1,
        "group:life": 1,
        "language:en": 1,
        "age:26-39": 1,
        f"region:{region}": 1,
    }


def test_nobody_raises_more_cells_than_the_noise_of_a_week_is_made_for(world: World) -> None:
    needs = tuple(need.id for need in world.settings.needs.all)
    most = SeekerProfile(
        age=SEEKER.age,
        languages=frozenset({Language("ar"), Language("en")}),
        region=Region(next(iter(world.settings.regions))),
        needs=needs,
        consent=COUNTED.consent,
    )

    cells = cells_of(world.settings).of(most)

    assert len(cells) == MOST
    assert set(cells) <= set(cells_of(world.settings).all)
    assert "language:several" in cells


@pytest.mark.parametrize("agrees", [True, False])
@pytest.mark.parametrize(
    ("reply", "said"), [(Reply.ACCEPTED, "peer-yes"), (Reply.DECLINED, "peer-no")]
)
def test_what_a_peer_says_is_counted_once_by_need_of_who_agreed(
    world: World, reply: Reply, said: str, *, agrees: bool
) -> None:
    consent = Consent(matching=True, statistics=agrees)
    seeker, peer = world.seeker(replace(SEEKER, consent=consent)), world.peer()
    offer, _ = world.propose(seeker, peer)
    store, events = Tallies(world.backing), Events(world.backing)
    store.replies.add([], now=world.now())
    Statistics(world.backing, tuple(Event), most=1, of=EVENTS).add([], now=world.now())
    before, happened = raised(world, ":replies:"), raised(world, ":events:")

    for _ in range(2):
        with suppress(OfferGoneError):  # a no ends it: the second finds nothing
            world.answer(peer, offer, reply)
    if reply is Reply.ACCEPTED:
        world.answer(seeker, offer, Reply.DECLINED)

    assert differences(before, raised(world, ":replies:")) == (
        {f"{said}:{LONELY}": 1} if agrees else {}
    )
    after = {"seeker-no": 1} if reply is Reply.ACCEPTED else {}
    assert differences(happened, raised(world, ":events:")) == {said: 1, **after}
    assert events.over(world.now(), 1).sums == {}


def test_a_conversation_is_counted_from_its_beginning_to_its_end(world: World) -> None:
    Statistics(world.backing, tuple(Event), most=1, of=EVENTS).add([], now=world.now())
    before = raised(world, ":events:")
    seeker, peer = world.seeker(), world.peer()

    room = world.room(seeker, peer)
    world.services.rooms.end(seeker.visitor, room)
    room = world.room(world.seeker(), another := world.peer())
    world.services.rooms.hand_back(another.visitor, room)

    found = differences(before, raised(world, ":events:"))
    assert found == {"peer-yes": 2, "began": 2, "ended": 1, "returned": 1}


def test_who_found_somebody_is_counted_by_how_long_they_waited(world: World) -> None:
    world.begin(WEEK * DAY)
    Tallies(world.backing).found.add([], now=world.now())
    before = raised(world, ":found:")
    quick, slow = world.seeker(COUNTED), world.seeker(COUNTED)

    world.room(quick, world.peer())
    world.advance(4 * DAY)
    world.room(slow, world.peer())

    found = differences(before, raised(world, ":found:"))
    assert found["soon:age:26-39"] == found["later:age:26-39"] == 1
    assert sum(found.values()) == 2 * len(cells_of(world.settings).of(COUNTED))
