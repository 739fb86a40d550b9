"""Promise 13 and its neighbours: the store refuses a pair even when the worker is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from matcher.domain.offer import Reply
from matcher.domain.profile import ADULTS, MINORS, AgeBand
from matcher.store.rulebook import Rulebook
from tests.world import PEER, Person, World, with_capacity

HOUR = timedelta(hours=1)


def _set(field: str, value: str, *, of_peer: bool) -> Callable[[World, Person, Person], None]:
    """Change what stands in clear about one side."""

    def change(world: World, seeker: Person, peer: Person) -> None:
        who = peer if of_peer else seeker
        world.redis.hset(world.backing.keys("h:", who.visitor.handle), field, value)

    return change


def _take_out_of_order(world: World, seeker: Person, _peer: Person) -> None:
    world.redis.zrem(world.backing.keys("w"), seeker.visitor.handle)


def _offer_another(world: World, seeker: Person, _peer: Person) -> None:
    world.propose(seeker, world.peer())


def _unpublish(world: World, _seeker: Person, _peer: Person) -> None:
    world.redis.delete(world.backing.keys("rules"))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (_set("age", "13-17", of_peer=False), "age"),
        (_set("age", "13-17", of_peer=True), "age"),
        (_set("age", "under-13", of_peer=False), "age"),
        (_set("scope", "13-17", of_peer=True), "age"),
        (_set("role", "peer", of_peer=False), "seeker"),
        (_set("state", "paused", of_peer=False), "seeker"),
        (_set("until", "1", of_peer=False), "seeker"),
        (_take_out_of_order, "seeker"),
        (_offer_another, "lease"),
        (_set("role", "seeker", of_peer=True), "peer"),
        (_set("state", "paused", of_peer=True), "peer"),
        (_set("until", "1", of_peer=True), "peer"),
        (_set("here_until", "1", of_peer=True), "away"),
        (_set("rest_until", "99999999999", of_peer=True), "rest"),
        (_set("capacity", "0", of_peer=True), "capacity"),
        (_set("missed", "2", of_peer=True), "missed"),
        (_unpublish, "rules"),
    ],
)
def test_a_wrong_pair_is_refused_and_nothing_is_written(
    world: World, wrong: Callable[[World, Person, Person], None], reason: str
) -> None:
    seeker, peer = world.seeker(), world.peer()
    wrong(world, seeker, peer)
    before = world.key_names()

    offer, said = world.propose(seeker, peer)

    assert said == reason
    assert world.key_names() - before <= {
        f"{world.backing.keys.prefix}{name}" for name in ("fence:round", "ask")
    }
    assert not world.redis.exists(world.backing.keys("o:", offer))


TABLES: dict[str, dict[AgeBand, frozenset[AgeBand]]] = {
    "adults": dict.fromkeys(ADULTS, ADULTS),
    "youth": {**dict.fromkeys(ADULTS, ADULTS), **dict.fromkeys(MINORS, MINORS)},
    "own band": {band: frozenset({band}) for band in AgeBand},
    "one way": {AgeBand.FROM_18: frozenset({AgeBand.FROM_60})},
    "nobody": {},
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("scope", ["18-plus", "13-17", "13-17,18-plus"])
def test_the_store_itself_keeps_apart_every_two_bands_that_may_not_meet(
    world: World, table: str, scope: str
) -> None:
    """Promise 13: whatever a worker proposes, for all bands and any published table."""
    ages = TABLES[table]
    Rulebook(world.backing).publish(
        replace(world.rules, musts=replace(world.rules.musts, ages=ages))
    )
    seeker, peer = world.seeker(), world.peer()
    heads = [world.backing.keys("h:", who.visitor.handle) for who in (seeker, peer)]
    world.redis.hset(heads[1], "capacity", "0")  # so that nothing is ever written
    said = {}
    for mine, theirs in product(AgeBand, repeat=2):
        world.redis.hset(heads[0], "age", mine)
        world.redis.hset(heads[1], mapping={"age": theirs, "scope": scope})
        said[mine, theirs] = world.propose(seeker, peer)[1]

    assert said == {
        (mine, theirs): "capacity" if _may_meet(mine, theirs, ages, scope) else "age"
        for mine, theirs in product(AgeBand, repeat=2)
    }


def _may_meet(
    mine: AgeBand, theirs: AgeBand, ages: Mapping[AgeBand, frozenset[AgeBand]], scope: str
) -> bool:
    asked = "13-17" if mine in MINORS else "18-plus"
    return theirs in ages.get(mine, frozenset()) and asked in scope.split(",")


@pytest.mark.parametrize("changed", ["seeker", "peer"])
def test_a_pair_planned_on_old_answers_is_refused(world: World, changed: str) -> None:
    people = {"seeker": world.seeker(), "peer": world.peer()}
    visitor = people[changed].visitor
    old = (1, 1)
    world.services.places.change(visitor, world.services.places.answers(visitor))

    said = world.propose(people["seeker"], people["peer"], versions=old)[1]

    assert said == changed


def test_the_ceiling_of_the_rules_holds_whatever_a_peer_offers_to_carry(world: World) -> None:
    peer = world.peer(with_capacity(20))
    ceiling = world.rules.peers.capacity_ceiling
    for _ in range(ceiling):
        world.redis.zadd(
            world.backing.keys("v:", peer.visitor.handle), {f"r:{_}": 99_999_999_999}
        )
    world.redis.expire(world.backing.keys("v:", peer.visitor.handle), 60)

    assert world.propose(world.seeker(), peer)[1] == "capacity"


def test_nobody_is_asked_past_the_end_of_either_place(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()

    world.propose(seeker, peer, lasts=timedelta(days=40))

    until = world.services.places.look(seeker.visitor).until
    assert world.offers(peer)[0].deadline == until
    world.answer(peer, world.offers(peer)[0].id, Reply.ACCEPTED)
    assert world.offers(seeker)[0].deadline == until


def test_a_peer_near_their_end_keeps_what_they_need_for_a_room(world: World) -> None:
    peer = world.peer()
    ends = world.services.places.look(peer.visitor).until
    world.advance(ends - world.now() - 3 * HOUR)
    visitor = world.again(peer)
    world.services.places.check_out(visitor)
    world.redis.hset(
        world.backing.keys("h:", visitor.handle), "here_until", str(ends.timestamp())
    )
    seeker = world.seeker()

    room = world.room(seeker, peer)
    world.advance(4 * HOUR)

    again = world.again(peer)
    assert world.services.places.answers(again) == PEER
    world.services.rooms.say(again, room, "still here", once="a")
    assert world.services.rooms.enter(world.again(seeker), room).messages
