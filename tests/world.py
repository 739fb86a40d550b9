"""A small world on real servers: people, rounds and time, for tests that tell a story."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from secrets import token_bytes

from redis import Redis

from matcher.bootstrap import Services, build
from matcher.domain.card import Card
from matcher.domain.codes import Code
from matcher.domain.extent import Arm
from matcher.domain.invitation import Scope
from matcher.domain.needs import NeedId
from matcher.domain.offer import Offer, OfferId, Reply
from matcher.domain.place import CheckIn, Visitor
from matcher.domain.profile import (
    AgeBand,
    Consent,
    Experience,
    Format,
    Handle,
    Help,
    Language,
    Lived,
    PeerProfile,
    SeekerProfile,
    Since,
)
from matcher.domain.room import RoomId, RoomKind
from matcher.domain.rules import Rules
from matcher.settings.model import Settings
from matcher.store.backing import Backing, back
from matcher.store.census import Census
from matcher.store.clock import OFFSET_KEY, rounded_up
from matcher.store.leases import Leases
from matcher.store.pool import Pool, Proposal
from matcher.store.rulebook import Rulebook
from matcher.store.secrets import new_id
from matcher.store.statistics import let_be_read
from matcher.store.sweeper import Sweeper
from tests import lifetimes
from tests.chance import SameChance
from tests.waiting import until

LONELY = NeedId("people/lonely")
GRIEF = NeedId("life/grief")
ENGLISH = Language("en")

SEEKER = SeekerProfile(
    age=AgeBand.FROM_26,
    languages=frozenset({ENGLISH}),
    format=Format.NOW_AND_THEN,
    relay_ok=True,
    needs=(LONELY, GRIEF),
    shown=frozenset({LONELY}),
    consent=Consent(matching=True, unsaid=True),
)
PEER = PeerProfile(
    age=AgeBand.FROM_40,
    languages=frozenset({ENGLISH}),
    help=frozenset({Help.LISTEN}),
    format=Format.EITHER,
    relay_ok=True,
    lived={LONELY: Experience(lived=Lived.VERY, since=Since.PAST)},
    capacity=1,
)


VERY = Experience(lived=Lived.VERY)
WIDER = replace(PEER, lived={LONELY: VERY, GRIEF: VERY})
"""What a peer may say later: it adds something, so that it counts after a day."""

CARD = Card(needs=(LONELY,), languages=frozenset({ENGLISH}), kind=RoomKind.SLOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in a test, with what they hold."""

    code: Code
    cookie: str
    visitor: Visitor


class World:
    """Services and store of one pool, with a hand on the clock."""

    def __init__(self, settings: Settings, redis: Redis) -> None:
        self.settings = settings
        chance = SameChance()
        self.services: Services = build(settings, chance)
        self.backing: Backing = back(settings, chance)
        self.pool = Pool(self.backing)
        self.census = Census(self.backing)
        self.rules: Rules = settings.rules
        self.arm = Arm.LIVE
        self.bucket: int | None = None
        self.redis = redis
        self._offers = count()
        Rulebook(self.backing).publish(self.rules)

    def now(self) -> datetime:
        """Tell the store's time."""
        return self.backing.clock.now()

    def advance(self, length: timedelta) -> None:
        """Move time on: every lifetime shortens, then the clock's own work is done."""
        offset = float(self.redis.get(OFFSET_KEY) or 0)
        self.redis.set(OFFSET_KEY, offset + length.total_seconds())
        lifetimes.shorten(self.redis, length)
        self.backing.vault.move_on(int(self.now().timestamp() // 86_400))
        Rulebook(self.backing).publish(self.rules)
        let_be_read(self.backing, now=self.now())
        Sweeper(self.backing).sweep(now=self.now())

    def begin(self, stretch: timedelta) -> None:
        """Move time on to where the next stretch of this length begins."""
        now = self.now()
        self.advance(rounded_up(now, stretch) - now)

    def ends(self, name: str) -> float:
        """Tell when a key ends, as the world's clock will show it."""
        offset = float(self.redis.get(OFFSET_KEY) or 0)
        return (self.redis.pexpiretime(name) + round(1_000 * offset)) / 1_000

    def seeker(self, profile: SeekerProfile = SEEKER) -> Person:
        """Let a seeker come in."""
        admission = self.services.intake.admit_seeker(profile, seed=token_bytes(32))
        visitor = self.services.places.visitor(admission.cookie)
        return Person(code=admission.code, cookie=admission.cookie, visitor=visitor)

    def peer(
        self, profile: PeerProfile = PEER, *, how: CheckIn | None = CheckIn.TODAY
    ) -> Person:
        """Let a peer come in on an invitation, and check in."""
        invitation = self.services.invitations.create(
            count=1, scope=frozenset({Scope.ADULTS}), trained_for=profile.trained
        )[0]
        admission = self.services.intake.admit_peer(
            profile, seed=token_bytes(32), invitation=invitation
        )
        visitor = self.services.places.visitor(admission.cookie)
        if how:
            self.services.places.check_in(visitor, how)
        return Person(code=admission.code, cookie=admission.cookie, visitor=visitor)

    def again(self, who: Person) -> Visitor:
        """Sign somebody in again with their code."""
        cookie = self.services.places.sign_in(who.code, old_cookie=None)
        return self.services.places.visitor(cookie)

    def propose(
        self,
        seeker: Person,
        peer: Person,
        *,
        lasts: timedelta = timedelta(hours=24),
        versions: tuple[int, int] | None = None,
        card: Card = CARD,
    ) -> tuple[OfferId, str]:
        """Propose a pair as a round would; returns the offer and what became of it.

        Where real rounds run beside it, it waits for its turn like each of them.
        """
        with self._turn() as fence:
            now = self.now()
            read = self._version(seeker), self._version(peer)
            proposal = Proposal(
                offer=OfferId(new_id()),
                seeker=seeker.visitor.handle,
                peer=peer.visitor.handle,
                versions=versions or read,
                seekers_card=card,
                peers_card=card,
                deadline=now + lasts,
                lasts=lasts,
                bucket=self.bucket,
            )
            (said,) = self.pool.propose(
                [proposal], fence=fence, rules=self.rules, now=now, arm=self.arm
            )
        return proposal.offer, said

    @contextmanager
    def _turn(self) -> Iterator[int]:
        leases, taken = Leases(self.backing), list[int]()

        def take() -> bool:
            fence = leases.take("round", timedelta(seconds=30))
            taken.extend(() if fence is None else (fence,))
            return bool(taken)

        until(take, "no other round runs")
        try:
            yield taken[0]
        finally:
            leases.give_back("round")

    def _version(self, who: Person) -> int:
        head = self.backing.head(who.visitor.handle)
        return head.version if head else 0

    def answer(self, who: Person, offer: OfferId, reply: Reply) -> RoomId | None:
        """Say yes or no."""
        return self.services.offers.answer(who.visitor, offer, reply)

    def room(self, seeker: Person, peer: Person, *, kind: RoomKind = RoomKind.SLOW) -> RoomId:
        """Bring two people into a room."""
        offer, _ = self.propose(seeker, peer, card=replace(CARD, kind=kind))
        self.answer(peer, offer, Reply.ACCEPTED)
        room = self.answer(seeker, offer, Reply.ACCEPTED)
        if room is None:
            raise AssertionError(offer)
        return room

    def offers(self, who: Person) -> tuple[Offer, ...]:
        """Read what somebody is asked."""
        return self.services.offers.open_for(who.visitor)

    def waiting(self) -> list[Handle]:
        """Name everybody who waits and could be offered somebody."""
        batches = self.census.waiting(self.rules, now=self.now())
        return [handle for batch in batches for handle in batch.handles]

    def reachable(self) -> list[Handle]:
        """Name every peer who could be asked."""
        batches = self.census.reachable(self.rules, now=self.now())
        return [handle for batch in batches for handle in batch.handles]

    def waits(self, who: Person) -> bool:
        """Say whether a seeker stands in the waiting order and could be offered somebody."""
        return who.visitor.handle in self.waiting()

    def is_reachable(self, who: Person) -> bool:
        """Say whether a peer could be asked."""
        return who.visitor.handle in self.reachable()

    def key_names(self) -> set[str]:
        """Name every key but the clock's offset, the published rules and counts of forms."""
        found = {key.decode() for key in self.redis.scan_iter(count=1000)}
        counts = self.backing.keys("lim:")
        found = {key for key in found if not key.startswith(counts)}
        return {key for key in found if key != OFFSET_KEY and not key.endswith(":rules")}


def with_capacity(capacity: int) -> PeerProfile:
    """Describe a peer who carries more than one at once."""
    return replace(PEER, capacity=capacity)
