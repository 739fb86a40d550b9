"""A round on a real store: who is offered whom, when not, and that it may run in any way."""

import gc
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from matcher.domain.card import COMPANY
from matcher.domain.needs import NeedId
from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn
from matcher.domain.profile import Consent, Identity, LookIn, Wishes
from matcher.domain.rules import Rules
from matcher.engine.crowd import Crowd
from matcher.engine.people import Peers, People, Seekers
from matcher.engine.plan import Plan, PlannedPair, plan_crowd
from matcher.store.asks import Asks
from matcher.store.census import Reachable, Waiting
from matcher.store.leases import Leases
from matcher.store.offers import Offers, Terms
from matcher.store.rulebook import Rulebook
from tests.world import LONELY, PEER, SEEKER, World, with_capacity
from worker.rounds import Planner, Rounds
from worker.wiring import ground_of

MINUTE = timedelta(minutes=1)
Meanwhile = Callable[[], object]
BUCKET = 9


def _everybody(crowd: Crowd, *, rules: Rules, now: datetime, seed: int) -> Plan:
    """Plan every pair there is, as an engine might that has lost all sense."""
    del rules, now, seed
    pairs = tuple(
        PlannedPair(seeker=seeker, peer=peer, score=1.0, best_first=(LONELY,), bucket=BUCKET)
        for seeker in crowd.seekers
        for peer in crowd.peers
    )
    return Plan(pairs=pairs, blocked={}, below_floor=0, total=float(len(pairs)), gap=0.0)


def _while_planning(happens: Meanwhile) -> Planner:
    """Plan every pair, while something happens to the people of the snapshot."""

    def plan(crowd: Crowd, *, rules: Rules, now: datetime, seed: int) -> Plan:
        happens()
        return _everybody(crowd, rules=rules, now=now, seed=seed)

    return plan


def _rounds(world: World, plan: Planner = _everybody) -> Rounds:
    return Rounds(replace(ground_of(world.backing), plan=plan))


def test_a_round_brings_a_seeker_and_a_peer_an_offer(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()

    assert _rounds(world).run(seed=1) == 1

    (offer,) = world.offers(peer)
    assert world.offers(seeker) == ()  # the peer is asked first
    world.answer(peer, offer.id, Reply.ACCEPTED)
    (asked,) = world.offers(seeker)
    assert asked.id == offer.id
    assert asked.card.needs == (LONELY,)


@pytest.mark.parametrize("agreed", [True, False])
def test_an_offer_says_of_which_kind_the_pair_is_where_the_seeker_agreed_to_be_counted(
    world: World, *, agreed: bool
) -> None:
    world.seeker(replace(SEEKER, consent=Consent(matching=True, statistics=agreed)))
    peer = world.peer()

    _rounds(world).run(seed=1)

    (offer,) = world.offers(peer)
    terms = Offers(world.backing).terms(offer.id, peer.visitor)
    assert isinstance(terms, Terms)
    assert terms.bucket == (BUCKET if agreed else None)


@pytest.mark.parametrize(
    ("waiting", "seen", "spoken"), [(COMPANY - 1, (), set()), (COMPANY, (LONELY,), {"en"})]
)
def test_a_peer_sees_what_enough_of_those_who_wait_would_show(
    world: World, waiting: int, seen: tuple[NeedId, ...], spoken: set[str]
) -> None:
    for _ in range(waiting):
        world.seeker()
    peer = world.peer()

    _rounds(world).run(seed=1)

    (offer,) = world.offers(peer)
    assert offer.card.needs == seen
    assert offer.card.groups == ()
    assert offer.card.languages == spoken


@pytest.mark.parametrize(
    ("wishes", "others", "made"),
    [
        ({Identity.MIGRANT}, 3, 1),
        ({Identity.MIGRANT, Identity.FAITH}, 0, 1),
        ({Identity.MIGRANT, Identity.FAITH}, 1, 0),
    ],
)
def test_no_wishes_together_find_one_peer_among_others(
    world: World, wishes: set[Identity], others: int, made: int
) -> None:
    world.seeker(replace(SEEKER, wishes=Wishes(identity_only=frozenset(wishes))))
    world.peer(replace(PEER, identity=frozenset(wishes)))
    for one in sorted(wishes) * others:
        world.peer(replace(PEER, identity=frozenset({one} if len(wishes) > 1 else ())))

    assert _rounds(world).run(seed=1) == made


@pytest.mark.parametrize(
    ("look_in", "waits"), [(LookIn.DAILY, 2), (LookIn.FEW_DAYS, 6), (LookIn.WEEKLY, 14)]
)
def test_a_deadline_tells_nothing_of_when_the_other_looks_in(
    world: World, look_in: LookIn, waits: int
) -> None:
    seeker = world.seeker(replace(SEEKER, look_in=look_in))
    peer = world.peer(replace(PEER, look_in=LookIn.FEW_DAYS))
    before = world.now()

    _rounds(world).run(seed=1)

    (offer,) = world.offers(peer)
    assert timedelta(days=6) <= offer.deadline - before <= timedelta(days=6) + MINUTE
    assert offer.deadline.second == offer.deadline.microsecond == 0
    world.answer(peer, offer.id, Reply.ACCEPTED)
    (asked,) = world.offers(seeker)
    assert timedelta(days=waits) <= asked.deadline - before <= timedelta(days=waits) + MINUTE


def test_an_offer_waits_minutes_when_both_are_here(world: World) -> None:
    world.seeker()
    peer = world.peer(how=CheckIn.HALF_HOUR)

    _rounds(world).run(seed=1)

    (offer,) = world.offers(peer)
    assert offer.deadline - world.now() <= timedelta(minutes=11)


def test_a_second_round_changes_nothing(world: World) -> None:
    world.seeker()
    world.peer(with_capacity(3))

    assert [_rounds(world).run(seed=seed) for seed in range(3)] == [1, 0, 0]


def test_rounds_side_by_side_never_offer_anybody_twice(world: World) -> None:
    seekers = [world.seeker() for _ in range(6)]
    peers = [world.peer(with_capacity(2)) for _ in range(3)]

    with ThreadPoolExecutor(8) as threads:
        made = sum(threads.map(lambda seed: _rounds(world).run(seed=seed), range(16)))

    offers = [offer.id for peer in peers for offer in world.offers(peer)]
    assert len(offers) == len(set(offers)) == made <= len(seekers)
    assert all(len(world.offers(peer)) <= 2 for peer in peers)


def test_no_round_is_run_without_published_rules(world: World) -> None:
    world.seeker()
    peer = world.peer()
    world.backing.store.command("DEL", world.backing.keys("rules"))

    assert _rounds(world).run(seed=1) == 0
    assert world.offers(peer) == ()
    Rulebook(world.backing).publish(world.rules)


def test_no_round_is_run_while_another_worker_holds_the_pool(world: World) -> None:
    world.seeker()
    world.peer()

    with Leases(world.backing).held("round", MINUTE):
        assert _rounds(world).run(seed=1) == 0
    assert _rounds(world).run(seed=1) == 1


def test_a_round_that_found_the_pool_taken_is_asked_for_again(world: World) -> None:
    asks = Asks(world.backing)
    asks.take()

    with Leases(world.backing).held("round", MINUTE):
        _rounds(world).run(seed=1)

    assert [asks.take(), asks.take()] == [True, False]


def test_a_round_that_lost_its_lease_writes_nothing(world: World) -> None:
    world.seeker()
    peer = world.peer()

    def lose() -> None:
        world.backing.store.command("DEL", world.backing.keys("lease:", "round"))
        Leases(world.backing).take("round", MINUTE)

    assert _rounds(world, _while_planning(lose)).run(seed=1) == 0
    assert world.offers(peer) == ()


def test_answers_that_changed_since_the_snapshot_are_looked_at_again(world: World) -> None:
    world.seeker()
    peer = world.peer()

    def change() -> None:
        shy = replace(PEER, never=frozenset({LONELY}))
        world.services.places.change(peer.visitor, shy)

    assert _rounds(world, _while_planning(change)).run(seed=1) == 0


@pytest.mark.parametrize("leaves", ["erase", "pause", "check_out"])
def test_somebody_who_left_since_the_snapshot_is_not_offered(world: World, leaves: str) -> None:
    world.seeker()
    peer = world.peer()

    def leave() -> None:
        getattr(world.services.places, leaves)(peer.visitor)

    assert _rounds(world, _while_planning(leave)).run(seed=1) == 0


def test_a_pair_that_let_an_offer_pass_is_barred_for_a_week(world: World) -> None:
    world.seeker()
    peer = world.peer(how=CheckIn.FEW_DAYS)
    assert _rounds(world).run(seed=1) == 1

    world.advance(timedelta(days=3))
    assert _rounds(world).run(seed=1) == 0

    world.advance(timedelta(days=7))
    world.services.places.check_in(peer.visitor, CheckIn.TODAY)
    assert _rounds(world).run(seed=1) == 1


def test_nothing_that_a_round_decoded_outlives_it(world: World) -> None:
    for _ in range(3):
        world.seeker()
        world.peer()
    before, seen = Counter(_held()), Counter[type]()  # other tests may hold people of their own

    def plan(crowd: Crowd, *, rules: Rules, now: datetime, seed: int) -> Plan:
        seen.update(_held())
        return plan_crowd(crowd, rules=rules, now=now, seed=seed)

    assert _rounds(world, plan).run(seed=1) == 3

    assert set(seen - before) >= {Crowd, People, Seekers, Peers}
    assert not Counter(_held()) - before


def _held() -> list[type]:
    """Name what is held of people who were read, and what a round plans for them."""
    gc.collect()
    kinds = (Crowd, People, Seekers, Peers, Waiting, Reachable, PlannedPair)
    return [type(one) for one in gc.get_objects() if isinstance(one, kinds)]
