"""Rules that were published, as the next round obeys them."""

from dataclasses import replace
from datetime import timedelta

from matcher.domain.needs import NeedId
from matcher.domain.offer import Reply
from matcher.domain.profile import Experience, Lived, LookIn, Since
from matcher.domain.rules import AcuteGuard, Rules
from matcher.store.rulebook import Rulebook
from tests.world import LONELY, PEER, SEEKER, World, with_capacity
from worker.rounds import Rounds
from worker.wiring import ground_of


def publish(world: World, rules: Rules) -> None:
    world.rules = rules
    Rulebook(world.backing).publish(rules)


def run(world: World) -> int:
    return Rounds(ground_of(world.backing)).run(seed=1)


def test_no_answer_is_waited_for_longer_than_the_rules_say(world: World) -> None:
    offers = replace(world.rules.offers, answer_within=timedelta(hours=5))
    publish(world, replace(world.rules, offers=offers))
    world.seeker(replace(SEEKER, look_in=LookIn.WEEKLY))
    peer = world.peer()

    run(world)

    (offer,) = world.offers(peer)
    assert offer.deadline - world.now() <= timedelta(hours=5, minutes=1)


def test_a_ration_of_nothing_stops_all_suggestions(world: World) -> None:
    publish(world, replace(world.rules, offers=replace(world.rules.offers, a_day=0)))
    world.seeker()
    world.peer()

    assert run(world) == 0


def test_a_peer_in_the_middle_of_it_is_asked_only_where_the_guard_lets_them(
    world: World,
) -> None:
    in_it = {LONELY: Experience(lived=Lived.VERY, since=Since.NOW)}
    world.seeker()
    world.peer(replace(PEER, lived={**PEER.lived, **in_it}))
    musts = replace(world.rules.musts, acute_guard=AcuteGuard.EVERY)
    publish(world, replace(world.rules, musts=musts))

    assert run(world) == 0

    publish(world, replace(world.rules, musts=replace(musts, acute_guard=AcuteGuard.OFF)))
    assert run(world) == 1


def test_a_need_may_count_for_nothing_and_then_brings_nobody_together(world: World) -> None:
    weights = replace(world.rules.weights, needs={NeedId(LONELY): 0.0})
    publish(world, replace(world.rules, weights=weights))
    world.seeker()
    world.peer()

    assert run(world) == 0


def test_the_ceiling_holds_for_whoever_offers_to_carry_more(world: World) -> None:
    peers = replace(world.rules.peers, capacity_ceiling=1)
    publish(world, replace(world.rules, peers=peers))
    for _ in range(3):
        world.seeker()
    peer = world.peer(with_capacity(3))

    assert run(world) == 1

    (offer,) = world.offers(peer)
    world.answer(peer, offer.id, Reply.DECLINED)
    assert run(world) == 1
