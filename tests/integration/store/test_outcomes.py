"""How it was: once a side and room, in sums alone, forgotten with the room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from matcher.domain.errors import RoomGoneError
from matcher.domain.outcomes import CELLS, Question
from matcher.domain.profile import Role
from matcher.domain.room import RoomId
from matcher.service.outcomes import Outcomes, ToldSums
from matcher.service.rooms import Rooms
from matcher.store import rooms
from matcher.store.people import People
from matcher.store.statistics import let_be_read
from matcher.store.talked import Talked, mark_of
from tests.lifetimes import check_store
from tests.world import Person, World

SAID: Mapping[Question, str] = {Question.HELPED: "somewhat", Question.SAFE: "yes"}
REPLACED, KEPT = 1, 0


@dataclass
class Fixed:
    """Chance that gives the same all the time."""

    number: int = KEPT
    asked: list[int] = field(default_factory=list)

    def below(self, bound: int) -> int:
        """Give the number."""
        self.asked.append(bound)
        return self.number


@pytest.fixture
def pair(world: World) -> tuple[Person, Person, RoomId]:
    """Yield two whose conversation is over."""
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    world.services.rooms.end(peer.visitor, room)
    Talked(world.backing).add([], now=world.now())
    return seeker, peer, room


def outcomes(world: World, chance: Fixed) -> Outcomes:
    talk = Rooms(rooms.Rooms(world.backing), People(world.backing), world.backing)
    return Outcomes(world.backing, talk, chance=chance)


def sums(world: World) -> dict[str, int]:
    (name,) = [key for key in world.key_names() if ":told:" in key]
    found = world.backing.store.command("HGETALL", name)
    return {cell.decode(): int(value) for cell, value in found.items()}


def raised(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {cell: after[cell] - n for cell, n in before.items() if after[cell] != n}


def test_each_side_tells_once_and_a_replay_changes_nothing(
    world: World, pair: tuple[Person, Person, RoomId]
) -> None:
    seeker, peer, room = pair
    told = outcomes(world, Fixed(KEPT))
    before = sums(world)

    for who in (seeker, peer):
        mark = mark_of(who.visitor, room)
        assert told.untold(who.visitor) == (mark,)
        told.tell(who.visitor, mark, SAID)
        with pytest.raises(RoomGoneError):
            told.tell(who.visitor, mark, SAID)
        assert told.untold(who.visitor) == ()

    assert raised(before, sums(world)) == {
        "seeker:helped:somewhat": 1,
        "seeker:safe:yes": 1,
        "peer:helped:somewhat": 1,
        "peer:safe:yes": 1,
    }
    assert not [key for key in world.key_names() if "}:talked:" in key]
    check_store(world.redis, world.settings)


def test_chance_may_replace_an_answer_before_it_is_kept(
    world: World, pair: tuple[Person, Person, RoomId]
) -> None:
    seeker, _, room = pair
    before, chance = sums(world), Fixed(REPLACED)

    outcomes(world, chance).tell(seeker.visitor, mark_of(seeker.visitor, room), SAID)

    assert raised(before, sums(world)) == {"seeker:helped:somewhat": 1, "seeker:safe:no": 1}
    assert chance.asked == [2, 3, 2, 2]


def test_nothing_is_told_of_an_open_or_a_strangers_conversation(
    world: World, pair: tuple[Person, Person, RoomId]
) -> None:
    seeker, peer = world.seeker(), world.peer()
    is_open = world.room(seeker, peer)

    for who, room in ((seeker, is_open), (peer, is_open), (world.seeker(), pair[2])):
        assert world.services.outcomes.untold(who.visitor) == ()
        with pytest.raises(RoomGoneError):
            world.services.outcomes.tell(who.visitor, mark_of(who.visitor, room), SAID)


def test_a_peer_is_not_asked_about_services_nor_anybody_what_there_is_not(
    world: World, pair: tuple[Person, Person, RoomId]
) -> None:
    _, peer, room = pair
    before = sums(world)
    foreign = {Question.SERVICE: "yes", Question.SAFE: "somewhat"}

    outcomes(world, Fixed(KEPT)).tell(peer.visitor, mark_of(peer.visitor, room), foreign)

    assert raised(before, sums(world)) == {}


def test_a_conversation_that_was_handed_back_is_not_asked_about(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)

    world.services.rooms.hand_back(peer.visitor, room)

    assert world.services.outcomes.untold(seeker.visitor) == ()
    assert world.services.outcomes.untold(peer.visitor) == ()


def test_what_is_kept_of_both_sides_after_the_end_does_not_lead_from_one_to_the_other(
    world: World, pair: tuple[Person, Person, RoomId]
) -> None:
    kept = [set(Talked(world.backing).of(who.visitor)) for who in pair[:2]]

    assert [len(marks) for marks in kept] == [1, 1]
    assert not kept[0] & kept[1]
    assert str(pair[2]) not in {str(mark) for mark in kept[0] | kept[1]}


def test_the_mark_goes_with_the_room_and_at_once_when_somebody_erases(
    world: World, pair: tuple[Person, Person, RoomId]
) -> None:
    seeker, peer, _ = pair

    world.services.places.erase(peer.visitor)
    assert len([key for key in world.key_names() if "}:talked:" in key]) == 1
    world.advance(world.settings.lifetimes.after_room + world.settings.lifetimes.grain)

    assert not [key for key in world.key_names() if "}:talked:" in key]
    assert world.services.outcomes.untold(seeker.visitor) == ()


def test_what_was_tossed_where_it_was_told_is_counted_as_it_came(
    world: World, pair: tuple[Person, Person, RoomId]
) -> None:
    seeker, _, room = pair
    chance = Fixed(REPLACED)
    before = sums(world)

    outcomes(world, chance).tell(
        seeker.visitor, mark_of(seeker.visitor, room), SAID, is_tossed=True
    )

    assert chance.asked == []
    assert raised(before, sums(world)) == {"seeker:helped:somewhat": 1, "seeker:safe:yes": 1}


def test_how_much_is_needed_does_not_tell_whether_anybody_told(world: World) -> None:
    def needed() -> set[int]:
        found = ToldSums(world.backing).lately()[Role.SEEKER]
        return {one.needed for one in found.values()}

    before = needed()
    Talked(world.backing).add([CELLS[0]], now=world.now())
    world.advance(timedelta(weeks=1))
    let_be_read(world.backing, now=world.now())

    assert needed() == before
