"""Of which kind a pair was: sealed until the seeker tells, counted once, in sums alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.lessons import BUCKETS, CELLS
from matcher.domain.offer import Reply
from matcher.domain.outcomes import Question
from matcher.service.lessons import Lessons
from matcher.service.outcomes import Outcomes
from matcher.service.rooms import Rooms
from matcher.store import rooms
from matcher.store.people import People
from matcher.store.statistics import LESSONS, WEEK, Statistics, let_be_read
from matcher.store.talked import BUCKET_SIZE, SEAL_GRAIN, Talked, mark_of
from matcher.store.vault import DAY_BYTES, NAME, vault_size
from tests.counting import heard
from tests.integration.store.test_outcomes import KEPT, REPLACED, Fixed, raised
from tests.lifetimes import check_store
from tests.world import SEEKER, Person, World

HELPED: Mapping[Question, str] = {Question.HELPED: "somewhat", Question.SAFE: "yes"}
DAY = timedelta(days=1)
AGREES = replace(SEEKER, consent=replace(SEEKER.consent, statistics=True))


def sums(world: World, kind: str = "lessons") -> dict[str, int]:
    """Read growing sums; those of lessons begin with nobody in them."""
    Statistics(world.backing, CELLS, most=1, of=LESSONS).add([], now=world.now())
    (name,) = [key for key in world.key_names() if f":open:{kind}:" in key]
    found = world.backing.store.command("HGETALL", name)
    return {cell.decode(): int(value) for cell, value in found.items()}


def over(world: World, bucket: int | None) -> tuple[Person, Person]:
    """Let two talk whose pair is of a kind, and end it."""
    world.bucket = bucket
    seeker, peer = world.seeker(AGREES), world.peer()
    world.services.rooms.end(peer.visitor, world.room(seeker, peer))
    return seeker, peer


def tell(
    world: World,
    who: Person,
    said: Mapping[Question, str] = HELPED,
    *,
    chance: Fixed | None = None,
    is_tossed: bool = False,
) -> None:
    """Let somebody tell of the one conversation they had."""
    talk = Rooms(rooms.Rooms(world.backing), People(world.backing), world.backing)
    outcomes = Outcomes(world.backing, talk, chance=chance or Fixed(KEPT))
    (mark,) = outcomes.untold(who.visitor)
    outcomes.tell(who.visitor, mark, said, is_tossed=is_tossed)


def kept(world: World, who: Person) -> bytes:
    """Read what stands beside somebody's one mark."""
    (value,) = world.redis.hvals(world.backing.keys("talked:", who.visitor.handle))
    if not isinstance(value, bytes):
        raise TypeError(value)
    return value


@pytest.mark.parametrize("bucket", [0, 9, BUCKETS - 1])
def test_what_a_seeker_tells_is_counted_with_pairs_of_the_kind_they_were(
    world: World, bucket: int
) -> None:
    seeker, _ = over(world, bucket)
    before = sums(world)

    tell(world, seeker)

    assert raised(before, sums(world)) == {f"{bucket}:somewhat": 1}
    assert not world.redis.exists(world.backing.keys("talked:", seeker.visitor.handle))
    check_store(world.redis, world.settings)


@pytest.mark.parametrize(("is_tossed", "counted"), [(False, "no"), (True, "yes")])
def test_the_same_answer_is_counted_as_in_the_other_sums(
    world: World, counted: str, *, is_tossed: bool
) -> None:
    """To toss twice for one answer would tell more of it than once."""
    seeker, _ = over(world, 3)
    Talked(world.backing).add([], now=world.now())
    before, others, chance = sums(world), sums(world, "told"), Fixed(REPLACED + 1)

    tell(world, seeker, {Question.HELPED: "yes"}, chance=chance, is_tossed=is_tossed)

    assert raised(before, sums(world)) == {f"3:{counted}": 1}
    assert raised(others, sums(world, "told")) == {f"seeker:helped:{counted}": 1}
    assert chance.asked == ([] if is_tossed else [2, 3])


def test_nothing_is_counted_of_a_peer_nor_where_nobody_says_whether_it_helped(
    world: World,
) -> None:
    seeker, peer = over(world, 5)
    before = sums(world)

    tell(world, peer)
    tell(world, seeker, {Question.SAFE: "yes", Question.HELPED: "perhaps"})

    assert sums(world) == before


def test_who_did_not_agree_is_in_no_cell_and_looks_no_different(world: World) -> None:
    agreed, refused = over(world, 5)[0], over(world, None)[0]
    before = sums(world)

    day = int.from_bytes(kept(world, agreed)[:DAY_BYTES], "big")
    lengths = {len(kept(world, who)) for who in (agreed, refused)}
    tell(world, refused)

    assert lengths == {vault_size(BUCKET_SIZE)}
    assert (day + 1) % SEAL_GRAIN.days == 0
    assert sums(world) == before


def test_who_takes_their_yes_back_before_they_tell_is_in_no_cell(world: World) -> None:
    seeker, _ = over(world, 5)
    before = sums(world)

    world.services.places.change(seeker.visitor, SEEKER)
    tell(world, seeker)

    assert sums(world) == before


def test_the_kind_of_a_pair_opens_for_its_own_mark_alone(world: World) -> None:
    (first, _), (second, _) = over(world, 1), over(world, 14)
    talked = Talked(world.backing)
    (one,), (other,) = talked.of(first.visitor), talked.of(second.visitor)
    assert (talked.bucket(first.visitor, one), talked.bucket(second.visitor, other)) == (1, 14)

    name = world.backing.keys("talked:", first.visitor.handle)
    world.redis.hset(name, one, kept(world, second))

    assert talked.bucket(first.visitor, one) is None


def test_a_lost_vault_takes_the_kind_but_not_the_right_to_tell(world: World) -> None:
    seeker, _ = over(world, 5)
    before = sums(world)
    (world.settings.folders.vault / NAME).unlink()

    tell(world, seeker)

    assert sums(world) == before


def test_an_offer_holds_it_only_for_the_seeker_and_the_room_no_more(world: World) -> None:
    world.bucket = 11
    seeker, peer = world.seeker(AGREES), world.peer()
    offer, _ = world.propose(seeker, peer)
    world.answer(peer, offer, Reply.ACCEPTED)
    room = world.answer(seeker, offer, Reply.ACCEPTED)
    assert room is not None
    first = kept(world, seeker)

    again = world.answer(seeker, offer, Reply.ACCEPTED)

    assert again == room
    assert kept(world, seeker) == first
    assert Talked(world.backing).bucket(seeker.visitor, mark_of(seeker.visitor, room)) == 11
    assert not world.redis.hexists(world.backing.keys("o:", offer), "seeker_card")
    assert kept(world, peer) == b"1"


def test_a_conversation_that_both_prolong_can_still_teach_at_its_very_end(
    world: World,
) -> None:
    world.begin(WEEK * DAY)
    world.advance(3 * DAY)  # so that no week ends while its sums are read, eight weeks later
    world.bucket = 6
    seeker, peer = world.seeker(AGREES), world.peer()
    room = world.room(seeker, peer)
    began, most = world.now(), world.settings.lifetimes.room_most
    world.services.rooms.say(peer.visitor, room, "Hello", once="a")
    while world.now() - began < most - 2 * world.settings.lifetimes.grain:
        left = began + most - world.now()
        world.advance(min(left - world.settings.lifetimes.grain, 6 * DAY))
        for who in (seeker, peer):
            world.services.rooms.ask_for_more(world.again(who), room)
    world.services.rooms.end(world.again(seeker), room)
    before = sums(world)
    world.advance(world.settings.lifetimes.after_room - world.settings.lifetimes.grain)

    tell(world, Person(code=seeker.code, cookie="", visitor=world.again(seeker)))

    assert raised(before, sums(world)) == {"6:somewhat": 1}


def test_coordinators_read_what_was_heard_once_its_week_is_over(world: World) -> None:
    lessons = Lessons(world.backing)
    assert lessons.lately().counts == ((0, 0, 0),) * BUCKETS
    world.begin(WEEK * DAY)
    heard(world, 6, {"yes": 300, "somewhat": 200, "no": 100})
    assert lessons.lately().counts == ((0, 0, 0),) * BUCKETS

    world.advance(WEEK * DAY)

    found = lessons.lately()
    assert found == lessons.lately()
    assert len(found.counts) == BUCKETS
    assert found.noise > 0
    for count, expected in zip(found.counts[6], (300, 200, 100), strict=True):
        assert abs(count - expected) < 20 * found.noise
    others = [n for bucket, row in enumerate(found.counts) for n in row if bucket != 6]
    assert len(set(others)) > 3  # noise, from the first
    assert max(map(abs, others)) < 20 * found.noise


def test_how_much_is_needed_does_not_tell_whether_anybody_told(world: World) -> None:
    before = Lessons(world.backing).lately().noise
    seeker, _ = over(world, 3)
    tell(world, seeker)
    world.advance(timedelta(days=WEEK))
    let_be_read(world.backing, now=world.now())

    found = Lessons(world.backing).lately()

    assert any(map(any, found.counts))
    assert found.noise == before > 0
