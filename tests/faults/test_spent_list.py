"""Nobody who has nothing but a place can fill the list of spent tickets."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from matcher.domain.errors import NoSessionError, TooManyChangesError
from matcher.domain.offer import Reply
from matcher.store.people import People
from matcher.store.spent import SHELVES, SpentList
from matcher.store.tickets import MOST_STINTS, Tickets
from matcher.web.public.app import create_app
from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker, who
from tests.world import SEEKER, Person, World

RACERS = 8
DAY, NOW = timedelta(days=1), datetime(2026, 1, 1, tzinfo=UTC)


def spent(world: World) -> int:
    """Count what the list beside the vault holds."""
    return len(SpentList(world.settings.folders.vault).text().splitlines())


def tickets(world: World) -> Tickets:
    """Build the tickets of this world."""
    return Tickets(world.backing, People(world.backing))


def changed_often(world: World, person: Person, times: int) -> None:
    """Let a place have seen so many changes."""
    world.redis.hset(world.backing.keys("h:", person.visitor.handle), "stint", times)


def test_the_last_change_counts_and_no_other_is_taken_or_remembered(world: World) -> None:
    seeker, places = world.seeker(), world.services.places
    changed_often(world, seeker, MOST_STINTS - 1)
    places.pause(seeker.visitor)
    places.resume(seeker.visitor)
    before = spent(world)

    with pytest.raises(TooManyChangesError):
        places.pause(seeker.visitor)
    with pytest.raises(TooManyChangesError):
        places.change(seeker.visitor, SEEKER)

    assert spent(world) == before


def test_pausing_while_paused_and_a_peers_pauses_add_nothing_more(world: World) -> None:
    places = world.services.places
    seeker, peer = world.seeker(), world.peer()
    changed_often(world, peer, 10 * MOST_STINTS)

    for _ in range(3):
        places.pause(seeker.visitor)
        places.pause(peer.visitor)
        places.resume(peer.visitor)

    assert spent(world) == 2


def test_of_changes_that_race_for_the_last_one_only_one_is_taken(world: World) -> None:
    seeker = world.seeker()
    changed_often(world, seeker, MOST_STINTS - 1)

    def change(_: int) -> bool:
        try:
            tickets(world).spend_for_change(seeker.visitor, now=world.now())
        except TooManyChangesError:
            return False
        return True

    with ThreadPoolExecutor(RACERS) as racers:
        assert sum(racers.map(change, range(4 * RACERS))) == 1


def test_nobody_is_buried_by_a_change_that_comes_after_they_have_left(world: World) -> None:
    seeker = world.seeker()
    world.redis.delete(world.backing.keys("h:", seeker.visitor.handle))

    tickets(world).spend_for_change(seeker.visitor, now=world.now())

    assert not tickets(world).is_buried(seeker.visitor.handle)


def test_all_the_same_they_come_back_from_a_pause_meet_somebody_and_leave(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    changed_often(world, seeker, MOST_STINTS - 1)
    world.services.places.pause(seeker.visitor)
    world.services.places.resume(seeker.visitor)

    offer, _ = world.propose(seeker, peer)
    world.answer(peer, offer, Reply.ACCEPTED)
    world.answer(seeker, offer, Reply.ACCEPTED)
    assert world.services.rooms.of(seeker.visitor)

    world.services.places.erase(seeker.visitor)
    with pytest.raises(NoSessionError):
        world.services.places.visitor(seeker.cookie)


def test_one_more_needs_a_small_part_of_the_list_to_be_read(tmp_path: Path) -> None:
    spent = SpentList(tmp_path)
    spent.merge("".join(f"{mark(number)} 99999999999\n" for number in range(50_000)))
    sizes = {path: path.stat().st_size for path in tmp_path.glob("spent-*")}

    spent.add("one more", until=NOW + DAY, now=NOW)

    after = {path: path.stat().st_size for path in tmp_path.glob("spent-*")}
    assert max(sizes.values()) < sum(sizes.values()) / 100
    assert len([path for path, size in after.items() if sizes[path] != size]) == 1
    assert all(spent.holds(mark(number)) for number in range(0, 50_000, 5_000))


def test_of_marks_that_race_none_is_lost_while_old_ones_go(tmp_path: Path) -> None:
    old = "".join(f"old-{number} 1\n" for number in range(4 * SHELVES))
    SpentList(tmp_path).merge(old)

    def spend(racer: int) -> None:
        own = SpentList(tmp_path)
        for number in range(racer, 1_600, RACERS):
            own.add(mark(number), until=NOW + DAY, now=NOW)
        own.forget(NOW)

    with ThreadPoolExecutor(RACERS) as racers:
        list(racers.map(spend, range(RACERS)))

    assert SpentList(tmp_path).marks().keys() == {mark(number) for number in range(1_600)}


def mark(number: int) -> str:
    """Make a mark that looks like those of tickets."""
    return sha256(str(number).encode()).hexdigest()[:32]


def shelf_of(folder: Path) -> Path:
    """Find the shelf of a folder in which one mark was added."""
    return next(folder.glob("spent-*"))


@pytest.mark.parametrize("end", [b"17", b"x", b"\x00\x00\x00", b"\xd9\xa3"])
def test_a_mark_whose_end_is_damaged_stays_spent_and_keeps_nobody_from_leaving(
    tmp_path: Path, end: bytes
) -> None:
    spent_list = SpentList(tmp_path)
    spent_list.add("mark", until=NOW + DAY, now=NOW)
    shelf_of(tmp_path).write_bytes(b"mark " + end + b"\n")

    spent_list.forget(NOW + 9 * DAY)
    spent_list.add("mark", until=NOW + DAY, now=NOW)

    assert spent_list.holds("mark")
    assert spent_list.marks() == {}
    assert len(spent_list.text().splitlines()) == 1


def test_of_two_ends_of_one_mark_the_later_counts_wherever_it_came_from(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for days, folder in enumerate((first, second), start=1):
        folder.mkdir()
        SpentList(folder).add("mark", until=NOW + days * DAY, now=NOW)

    SpentList(first).merge(SpentList(second).text())
    SpentList(second).merge("mark 1767312000\nmark 17\n")

    for folder in (first, second):
        SpentList(folder).forget(NOW + 1.5 * DAY)
        assert SpentList(folder).marks() == {"mark": (NOW + 2 * DAY).timestamp()}


def test_a_torn_line_before_a_whole_one_takes_nothing_from_it(tmp_path: Path) -> None:
    spent_list = SpentList(tmp_path)
    spent_list.add("mark", until=NOW + DAY, now=NOW)
    with shelf_of(tmp_path).open("ab") as shelf:
        shelf.write(b"other 17672")
    spent_list.merge(f"mark {(NOW + 3 * DAY).timestamp():.0f}\n")

    assert spent_list.holds("mark")
    assert spent_list.marks() == {"mark": (NOW + 3 * DAY).timestamp()}


def test_it_is_said_in_words(world: World) -> None:
    browser = Browser(create_app(world.services).test_client())
    come_in_as_seeker(browser)
    changed_often(world, who(browser, world), MOST_STINTS)

    browser.press("Pause")

    assert browser.response.status_code == 422
    assert "as often as one place allows" in browser.text
    assert "You are waiting" in browser.open("/en/here").text
