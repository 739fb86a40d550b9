"""Promise 17: whom the team is told about is suggested to nobody; forged reports fail."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier, Event

import pytest

from matcher.domain.errors import CapsuleGoneError, MatcherError, RoomGoneError
from matcher.domain.offer import OfferId
from matcher.domain.place import CheckIn, PlaceState
from matcher.domain.profile import PeerProfile
from matcher.domain.report import CapsuleId, Category, Decision
from matcher.store.leases import Leases
from matcher.store.pool import Proposal
from matcher.store.rulebook import Rulebook
from matcher.store.secrets import new_hex, new_id
from tests.faults.replays import AT_ONCE, REPLAYS, comes, lose_the_store, replay
from tests.telling import converse, decide, desk_of, stands, tell
from tests.world import CARD, PEER, Person, World
from worker.rounds import Rounds
from worker.wiring import ground_of

RACES = 1_000
REPORTS = 25
WAITING = RACES // REPORTS
FORGED = 1_000
ENDS = 30
SERIOUS = Category.THREAT


def _unhurried(world: World) -> PeerProfile:
    """Let rules and a peer take as many as come: then nothing but a report refuses an offer."""
    peers = replace(world.rules.peers, capacity_ceiling=WAITING + 1)
    world.rules = replace(
        world.rules, peers=peers, offers=replace(world.rules.offers, a_day=WAITING + 1)
    )
    Rulebook(world.backing).publish(world.rules)
    return replace(PEER, capacity=WAITING + 1)


def _proposals(world: World, peer: Person, seekers: list[Person]) -> list[Proposal]:
    """Prepare what a round would write that has looked at everybody."""
    heads = {who.visitor.handle: world.backing.head(who.visitor.handle) for who in seekers}
    theirs = world.backing.head(peer.visitor.handle)
    return [
        Proposal(
            offer=OfferId(new_id()),
            seeker=handle,
            peer=peer.visitor.handle,
            versions=(head.version if head else 0, theirs.version if theirs else 0),
            seekers_card=CARD,
            peers_card=CARD,
            deadline=world.now() + timedelta(hours=24),
            lasts=timedelta(hours=24),
            bucket=None,
        )
        for handle, head in heads.items()
    ]


def _race(
    world: World, proposals: list[Proposal], told: Person, fence: int
) -> Iterator[tuple[bool, str]]:
    """Write every offer while a report is sent: was it sent before, and what was answered."""
    begin, is_sent = Barrier(AT_ONCE + 1), Event()
    (room,) = world.services.rooms.of(told.visitor)

    def report() -> None:
        begin.wait()
        world.services.reports.tell_of_room(told.visitor, room, SERIOUS)
        is_sent.set()

    def propose(some: list[Proposal]) -> list[tuple[bool, str]]:
        begin.wait()
        answers = []
        for one in some:
            was_sent, now = is_sent.is_set(), world.now()
            words = world.pool.propose([one], fence=fence, rules=world.rules, now=now)
            answers.append((was_sent, words[0]))
        return answers

    with ThreadPoolExecutor(AT_ONCE + 1) as threads:
        sent = threads.submit(report)
        shares = [proposals[at::AT_ONCE] for at in range(AT_ONCE)]
        for answers in threads.map(propose, shares):
            yield from answers
        sent.result()


def _open_offers(world: World) -> list[bytes]:
    """Name every offer in the store that may still become a room."""
    keys = list(world.redis.scan_iter("*}:o:*", count=1000))
    return [key for key in keys if not world.redis.hexists(key, "room")]


@pytest.mark.timeout(1_800)
def test_after_a_serious_report_there_is_no_offer_in_a_thousand_races(world: World) -> None:
    profile = _unhurried(world)
    seekers = [world.seeker() for _ in range(WAITING)]
    seen: Counter[tuple[bool, str]] = Counter()
    left, later = [], Counter[str]()

    for _ in range(REPORTS):
        peer, told = world.peer(profile), world.seeker()
        world.room(told, peer)
        with Leases(world.backing).held("round", timedelta(seconds=60)) as fence:
            held = fence or -1
            seen.update(_race(world, _proposals(world, peer, seekers), told, held))
            left += _open_offers(world)
            late = _proposals(world, peer, seekers)
            later.update(
                world.pool.propose(late, fence=held, rules=world.rules, now=world.now())
            )

    assert sum(seen.values()) == RACES
    assert {answer for was_sent, answer in seen if was_sent} <= {"held"}
    assert {answer for _, answer in seen} == {"offered", "held"}
    assert left == []
    assert later == {"held": RACES}
    assert Rounds(ground_of(world.backing)).run(seed=1) == 0


def test_a_thousand_forged_reports_are_refused(world: World) -> None:
    profile = _unhurried(world)
    told, peer, forger = world.seeker(), world.peer(profile), world.seeker()
    tell(world, told, world.room(told, peer), Category.OTHER)
    reports, before = world.services.reports, len(desk_of(world).waiting())
    (spent,) = reports.of(told.visitor.own)
    (theirs,) = reports.of(peer.visitor.own)
    ways = [
        (told.visitor.own, spent.id),  # the same once more
        (told.visitor.own, theirs.id),  # with somebody else's capsule
        (forger.visitor.own, theirs.id),
        (b"", theirs.id),
    ]

    def refused(nth: int) -> bool:
        own, capsule = [*ways, (forger.visitor.own, CapsuleId(new_hex()))][nth % 5]
        try:
            reports.tell(own, capsule, SERIOUS)
        except CapsuleGoneError:
            return True
        return False

    with ThreadPoolExecutor(AT_ONCE) as threads:
        assert all(threads.map(refused, range(FORGED)))

    assert len(desk_of(world).waiting()) == before
    assert world.propose(forger, peer)[1] == "offered"


def test_one_capsule_that_is_used_many_times_at_once_makes_one_report(world: World) -> None:
    told, peer = world.seeker(), world.peer()
    room = world.room(told, peer)

    def sent(_: int) -> bool:
        try:
            world.services.reports.tell_of_room(told.visitor, room, SERIOUS)
        except MatcherError:
            return False
        return True

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(sent, range(10 * AT_ONCE)))

    assert answers.count(True) == 1
    assert len(desk_of(world).waiting()) == 1


def test_lines_of_a_conversation_that_ends_at_the_same_moment_go_along_or_nothing_is_told(
    world: World,
) -> None:
    for _ in range(ENDS):
        told, peer = world.seeker(), world.peer()
        room, begin = converse(world, told, peer, ["Tell me your name."]), Barrier(2)
        ends = partial(world.services.rooms.end, peer.visitor, room)
        tells = partial(
            world.services.reports.tell_of_room, told.visitor, room, SERIOUS, places=[0]
        )

        def at_once(do: Callable[[], None], begin: Barrier = begin) -> bool:
            begin.wait()
            try:
                do()
            except RoomGoneError:
                return False
            return True

        before = {one.id for one in desk_of(world).waiting()}
        with ThreadPoolExecutor(2) as threads:
            is_told, _ = threads.map(at_once, (tells, ends))

        sent = {one.id for one in desk_of(world).waiting()} - before
        shown = [line.text for one in sent for line in desk_of(world).open(one).lines]
        assert shown == ["Tell me your name."] * is_told
        assert (stands(world, peer) is PlaceState.HELD) is is_told


@pytest.mark.parametrize("is_peer", [False, True])
def test_nothing_old_brings_back_who_was_revoked_for_a_report(
    world: World, *, is_peer: bool
) -> None:
    old, who = comes(world, is_peer=is_peer)
    if is_peer:
        world.services.places.check_in(who.visitor, CheckIn.TODAY)
    other = world.seeker() if is_peer else world.peer()
    room = world.room(*((other, who) if is_peer else (who, other)))
    report = tell(world, other, room)

    decide(world, report, Decision.REVOKE)
    before = replay(world, old, times=REPLAYS // 8)
    lose_the_store(world)
    world.services.invitations.restore()
    after = replay(world, old, times=REPLAYS // 8)

    assert (before, after) == (0, 0)
    assert not [key for key in world.key_names() if old.handle in key]


def test_no_ticket_brings_back_a_seeker_who_is_held(world: World) -> None:
    old, who = comes(world, is_peer=False)
    peer = world.peer()
    room = world.room(who, peer)
    world.services.rooms.end(who.visitor, room)
    world.services.places.resume(who.visitor)
    old = replace(old, ticket=world.services.places.ticket(who.visitor))
    (capsule,) = world.services.reports.of(peer.visitor.own)

    world.services.reports.tell(peer.visitor.own, capsule.id, SERIOUS)
    lose_the_store(world)

    assert old.ticket
    assert replay(world, old, times=REPLAYS // 8) == 0
    assert world.waiting() == []
