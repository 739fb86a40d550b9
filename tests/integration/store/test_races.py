"""Promise 6: whoever comes at the same moment, there is one winner."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from secrets import token_bytes
from threading import Barrier
from typing import TypeVar

from matcher.domain.errors import InvitationGoneError, OfferGoneError
from matcher.domain.invitation import Scope
from matcher.domain.offer import OfferId, Reply
from matcher.domain.room import RoomId
from matcher.store.leases import Leases
from matcher.store.pool import Proposal
from matcher.store.secrets import new_id
from tests.world import CARD, PEER, SEEKER, Person, World, with_capacity

T = TypeVar("T")
AT_ONCE = 24
ANSWERS = 2_000


def test_two_thousand_racing_answers_open_one_room_each_and_never_pass_capacity(
    world: World,
) -> None:
    peer = world.peer(with_capacity(3))
    rooms: list[RoomId] = []

    for _ in range(3):
        seeker = world.seeker()
        offer, said = world.propose(seeker, peer)
        assert said == "offered"
        answers = _race(
            [partial(_answer, world, peer, offer, Reply.ACCEPTED)] * (ANSWERS // 6)
            + [partial(_answer, world, seeker, offer, Reply.ACCEPTED)] * (ANSWERS // 6)
        )
        opened = {room for room in answers if room is not None}
        assert len(opened) <= 1
        rooms += opened or [_yes(world, seeker, offer)]

    assert len(set(rooms)) == 3
    assert world.services.places.look(peer.visitor).load == 3
    assert world.propose(world.seeker(), peer)[1] == "capacity"


def test_a_yes_and_a_no_at_the_same_moment_have_one_outcome(world: World) -> None:
    for _ in range(20):
        seeker, peer = world.seeker(), world.peer()
        offer, _ = world.propose(seeker, peer)
        world.answer(peer, offer, Reply.ACCEPTED)

        _race(
            [partial(_answer, world, seeker, offer, Reply.ACCEPTED)] * (AT_ONCE // 2)
            + [partial(_answer, world, seeker, offer, Reply.DECLINED)] * (AT_ONCE // 2)
        )

        has_room = len(world.services.rooms.of(seeker.visitor)) == 1
        assert has_room is not world.waits(seeker)
        assert world.services.places.look(peer.visitor).load == int(has_room)


def test_two_who_talk_can_both_erase_everything_at_the_same_moment(world: World) -> None:
    pairs = [(world.seeker(), world.peer()) for _ in range(AT_ONCE // 2)]
    for seeker, peer in pairs:
        world.room(seeker, peer)

    _race([partial(world.services.places.erase, who.visitor) for pair in pairs for who in pair])

    left = {name.split(":")[1] for name in world.key_names()}
    assert left <= {"t", "d", "i", "tell", "ask", "fence", "lease", "stats"}


def test_rival_rounds_never_offer_one_person_twice(world: World) -> None:
    peer, seekers = world.peer(), [world.seeker() for _ in range(AT_ONCE)]
    now = world.now()
    fence = Leases(world.backing).take("round", timedelta(seconds=30)) or -1
    proposals = [
        Proposal(
            offer=OfferId(new_id()),
            seeker=seeker.visitor.handle,
            peer=peer.visitor.handle,
            versions=(1, 1),
            seekers_card=CARD,
            peers_card=CARD,
            deadline=now + timedelta(hours=24),
            lasts=timedelta(hours=24),
            bucket=None,
        )
        for seeker in seekers
    ]

    said = _race(
        [
            partial(world.pool.propose, [made], fence=fence, rules=world.rules, now=now)
            for made in proposals
        ]
    )

    assert Counter(one for (one,) in said) == {"offered": 1, "capacity": AT_ONCE - 1}


def test_a_late_round_whose_lease_has_passed_on_writes_nothing(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    late, now = Leases(world.backing), world.now()
    fence = late.take("round", timedelta(seconds=30)) or -1
    late.give_back("round")
    Leases(world.backing).take("round", timedelta(seconds=30))
    proposal = Proposal(
        offer=OfferId(new_id()),
        seeker=seeker.visitor.handle,
        peer=peer.visitor.handle,
        versions=(1, 1),
        seekers_card=CARD,
        peers_card=CARD,
        deadline=now + timedelta(hours=24),
        lasts=timedelta(hours=24),
        bucket=None,
    )

    said = world.pool.propose([proposal], fence=fence, rules=world.rules, now=now)

    assert said == ["fence"]
    assert world.waits(seeker)


def test_one_draft_sent_many_times_at_once_is_one_person(world: World) -> None:
    seed = token_bytes(32)

    admissions = _race(
        [lambda: world.services.intake.admit_seeker(SEEKER, seed=seed)] * AT_ONCE
    )

    assert len({admission.code for admission in admissions}) == 1
    assert len(world.waiting()) == 1


def test_one_invitation_lets_one_person_in(world: World) -> None:
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]

    def come() -> str:
        try:
            world.services.intake.admit_peer(PEER, seed=token_bytes(32), invitation=invitation)
        except InvitationGoneError:
            return "refused"
        return "in"

    assert Counter(_race([come] * AT_ONCE)) == {"in": 1, "refused": AT_ONCE - 1}


def _race(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Do everything on `AT_ONCE` threads that start together."""
    start = Barrier(AT_ONCE)

    def run(part: Sequence[Callable[[], T]]) -> list[T]:
        start.wait()
        return [act() for act in part]

    with ThreadPoolExecutor(AT_ONCE) as threads:
        parts = threads.map(run, [acts[at::AT_ONCE] for at in range(AT_ONCE)])
        return [result for part in parts for result in part]


def _answer(world: World, who: Person, offer: OfferId, reply: Reply) -> RoomId | None:
    try:
        return world.answer(who, offer, reply)
    except OfferGoneError:
        return None


def _yes(world: World, seeker: Person, offer: OfferId) -> RoomId:
    room = world.answer(seeker, offer, Reply.ACCEPTED)
    assert room is not None
    return room
