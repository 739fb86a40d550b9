"""Whom a round reads: everybody once, whatever happens between two batches."""

from datetime import timedelta
from os import urandom

import pytest

from matcher.domain.place import CheckIn
from matcher.domain.profile import Handle
from matcher.store import census
from matcher.store.census import Waiting
from matcher.store.client import text
from tests.world import PEER, SEEKER, Person, World, with_capacity


@pytest.fixture(autouse=True)
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(census, "AT_ONCE", 1)


def _read(world: World) -> list[Waiting]:
    return list(world.census.waiting(world.rules, now=world.now()))


def _order(world: World) -> list[Handle]:
    order = world.backing.store.command("ZRANGE", world.backing.keys("w"), 0, -1)
    return [Handle(text(raw)) for raw in order]


def _handles(people: list[Person]) -> set[Handle]:
    return {one.visitor.handle for one in people}


def test_everybody_is_read_once(world: World) -> None:
    seekers, peers = [world.seeker() for _ in range(5)], [world.peer() for _ in range(4)]

    waiting, reachable = world.waiting(), world.reachable()

    assert len(waiting) == 5
    assert set(waiting) == _handles(seekers)
    assert len(reachable) == 4
    assert set(reachable) == _handles(peers)


def test_an_empty_pool_is_nobody(world: World) -> None:
    assert world.waiting() == world.reachable() == []


def test_who_leaves_meanwhile_neither_hides_nor_doubles_anybody(world: World) -> None:
    people = {one.visitor.handle: one for one in (world.seeker() for _ in range(6))}
    longest = people[_order(world)[0]]
    batches = world.census.waiting(world.rules, now=world.now())

    read = next(batches).handles
    world.services.places.erase(longest.visitor)
    for batch in batches:
        read += batch.handles

    assert len(read) == 5
    assert set(read) == people.keys() - {longest.visitor.handle}


def test_a_reader_may_stop_early(world: World) -> None:
    for _ in range(4):
        world.seeker()
    batches = world.census.waiting(world.rules, now=world.now())
    next(batches)

    batches.close()

    assert len(world.waiting()) == 4


@pytest.mark.parametrize("length", [None, 7], ids=["altered", "of another length"])
def test_what_cannot_be_opened_hides_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch, length: int | None
) -> None:
    monkeypatch.setattr(census, "AT_ONCE", 10)
    for _ in range(3):
        world.seeker()
    broken, *others = _order(world)
    key = world.backing.keys("p:", broken)
    size = length or world.redis.strlen(key)

    world.backing.store.command("SET", key, urandom(size), "KEEPTTL")

    assert world.waiting() == others


def test_who_has_an_open_offer_or_pauses_is_not_read(world: World) -> None:
    asked, paused, full, away = world.seeker(), world.seeker(), world.peer(), world.peer()
    seeker, peer = world.seeker(), world.peer(with_capacity(2))

    world.propose(asked, full)
    world.services.places.pause(paused.visitor)
    world.services.places.pause(away.visitor)

    assert world.waiting() == [seeker.visitor.handle]
    assert world.reachable() == [peer.visitor.handle]


def test_a_batch_tells_since_when_and_whether_somebody_looks_in(world: World) -> None:
    world.seeker()
    joined = world.now()

    (now,) = _read(world)
    world.advance(timedelta(hours=1))
    (later,) = _read(world)

    assert 0 <= joined.timestamp() - now.since[0] < 62  # rounded down to a minute
    assert now.since == later.since
    assert (now.is_here, later.is_here) == ([True], [False])
    assert [record.relay_ok for record in now.records] == [SEEKER.relay_ok]


def test_a_pair_that_let_an_offer_pass_is_told_with_the_seeker(world: World) -> None:
    seeker, other = world.seeker(), world.seeker()
    peer = world.peer(how=CheckIn.FEW_DAYS)
    world.propose(seeker, peer)
    world.advance(timedelta(days=2))

    batches = _read(world)

    barred = [pair for batch in batches for pair in batch.barred]
    assert {handle for batch in batches for handle in batch.handles} == _handles(
        [seeker, other]
    )
    assert barred == [(seeker.visitor.handle, peer.visitor.handle)]


def test_a_peer_is_told_with_free_places_and_missed_suggestions(world: World) -> None:
    peer = world.peer(with_capacity(3), how=CheckIn.FEW_DAYS)
    world.propose(world.seeker(), peer)

    (batch,) = world.census.reachable(world.rules, now=world.now())

    assert batch.handles == [peer.visitor.handle]
    assert (batch.free, batch.missed) == ([2], [0])
    assert batch.records[0].capacity == 3 != PEER.capacity
    world.advance(timedelta(days=2))
    (batch,) = world.census.reachable(world.rules, now=world.now())
    assert (batch.free, batch.missed) == ([3], [1])
