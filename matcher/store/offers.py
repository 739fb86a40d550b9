"""Open offers, and what the two sides say to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from matcher.domain.card import Card
from matcher.domain.errors import OfferGoneError, VaultGoneError
from matcher.domain.needs import NeedId
from matcher.domain.offer import Offer, OfferId, Reply
from matcher.domain.place import Visitor
from matcher.domain.profile import Handle, Role
from matcher.domain.room import RoomId, RoomKind
from matcher.store.backing import Backing, at, card_context
from matcher.store.capsules import Means
from matcher.store.client import Word, text, texts
from matcher.store.wire import beside_card, unpack_card


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what an offer stands: who would talk and how; `left` is for the peer's capsule.

    `lasts`: how long the seeker has for an answer from the peer's yes on. `bucket` says of
    which kind the pair is, None where that may not be counted.
    """

    sides: Mapping[Role, Handle]
    kind: RoomKind
    lasts: timedelta
    bucket: int | None
    left: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The room that a seeker's yes opens, and what has to live as long as it.

    `means` let both sides tell the team about it. `bucket` is sealed.
    """

    room: RoomId
    kind: RoomKind
    sealed_key: bytes
    until: datetime
    last_end: datetime
    silent: datetime
    version: int
    sealed_profile: bytes
    stay: datetime
    spent_mark: str
    means: Means
    bucket: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Staying:
    """What a peer needs to stay for the room their yes may lead to, and to rest after it.

    `sealed` are their answers, and those that count later: empty where nothing is to be sealed.
    `capsule` is what theirs needs once the room opens. From now on the seeker has `lasts`.
    """

    stay: datetime
    lasts: timedelta
    rest: timedelta
    version: int
    sealed: tuple[bytes, bytes]
    capsule: bytes


class Offers:
    """The offers of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._store = backing.store
        self._keys = backing.keys

    def open_for(self, visitor: Visitor, *, now: datetime) -> tuple[Offer, ...]:
        """Read the open offers of a person; a seeker sees one only once the peer said yes."""
        found = (self._read(offer, visitor, now) for offer in self._names(visitor, now))
        return tuple(
            offer
            for offer in found
            if offer is not None
            and (visitor.role is Role.PEER or offer.replies[Role.PEER] is Reply.ACCEPTED)
        )

    def terms(self, offer: OfferId, visitor: Visitor) -> Terms | RoomId:
        """Read on what an offer to somebody stands, or which room has come of it.

        Raises
        ------
        OfferGoneError
            If the offer is gone, cannot be opened any more, or is not this person's.
        """
        fields = ("s", "p", "room", "seeker_card", "capsule")
        found = self._store.command("HMGET", self._keys("o:", offer), *fields)
        seeker, peer, room, card, left = found
        if visitor.handle.encode() not in {seeker, peer}:
            raise OfferGoneError
        if room is not None:
            return RoomId(text(room))
        try:
            plain = self._unsealed(offer, card, Role.SEEKER)
        except VaultGoneError:
            raise OfferGoneError from None
        beside = beside_card(plain)
        return Terms(
            sides={Role.SEEKER: Handle(text(seeker)), Role.PEER: Handle(text(peer))},
            kind=unpack_card(plain).kind or RoomKind.SLOW,
            lasts=beside.lasts,
            bucket=beside.bucket,
            left=left or b"",
        )

    def asking(self, offer: OfferId) -> tuple[Handle, tuple[NeedId, ...]] | None:
        """Say who waits for a peer's answer, and the needs on the card; None if nobody."""
        fields = self._store.command("HMGET", self._keys("o:", offer), "s", "pr", "seeker_card")
        seeker, reply, card = fields
        if seeker is None or card is None or Reply(text(reply)) is not Reply.WAITING:
            return None
        return Handle(text(seeker)), self._card(offer, card, Role.SEEKER).needs

    def accept(
        self, offer: OfferId, visitor: Visitor, what: Opening | Staying, *, now: datetime
    ) -> RoomId | None:
        """Say yes; the seeker's yes opens the room (or finds it open already).

        Raises
        ------
        OfferGoneError
            If it expired, was answered otherwise, or is not this person's.
        """
        return self._answered(offer, visitor, Reply.ACCEPTED, self._words(what, visitor), now)

    def decline(self, offer: OfferId, visitor: Visitor, *, now: datetime) -> None:
        """Say no; this pair is never offered again. Raises like `accept`."""
        self._answered(offer, visitor, Reply.DECLINED, (), now)

    def hand_back(self, offer: OfferId, visitor: Visitor, *, now: datetime) -> None:
        """Let a peer out of an offer that is too much for them now. Raises like `accept`."""
        if not self._backing.step("hand_back", offer, visitor.handle, now=now):
            raise OfferGoneError

    def _answered(
        self,
        offer: OfferId,
        visitor: Visitor,
        reply: Reply,
        words: tuple[Word, ...],
        now: datetime,
    ) -> RoomId | None:
        answer = self._backing.step("answer", offer, visitor.handle, reply, *words, now=now)
        said = answer.decode() if isinstance(answer, bytes) else ""
        if said == "gone":
            raise OfferGoneError
        return RoomId(said.removeprefix("room:")) if said.startswith("room:") else None

    def _words(self, what: Opening | Staying, visitor: Visitor) -> tuple[Word, ...]:
        back = self._backing.way_back(visitor)
        if isinstance(what, Staying):
            rest = int(what.rest.total_seconds())
            counting, later = what.sealed
            kept = (at(what.stay), what.version, counting, rest, later, what.capsule)
            return *back, *kept, int(what.lasts.total_seconds())
        return (
            *back,
            what.room,
            what.sealed_key,
            at(what.until),
            at(what.last_end),
            at(what.silent),
            what.version,
            what.sealed_profile,
            at(what.stay),
            what.spent_mark,
            at(what.means.end),
            *what.means.capsules[Role.SEEKER],
            *what.means.capsules[Role.PEER],
            what.bucket,
            what.kind,
            what.means.half,
            self._backing.settings.lifetimes.capsule.total_seconds(),
        )

    def _names(self, visitor: Visitor, now: datetime) -> list[OfferId]:
        if visitor.role is Role.SEEKER:
            offer = self._store.command("HGET", self._keys("h:", visitor.handle), "offer")
            return [OfferId(text(offer))] if offer else []
        load = self._store.command(
            "ZRANGEBYSCORE", self._keys("v:", visitor.handle), f"({at(now)}", "+inf"
        )
        return [OfferId(member[2:]) for member in texts(load) if member[:2] in {"o:", "y:"}]

    def _read(self, offer: OfferId, visitor: Visitor, now: datetime) -> Offer | None:
        fields = self._store.command(
            "HMGET",
            self._keys("o:", offer),
            "sr",
            "pr",
            "deadline",
            f"{visitor.role}_card",
            "room",
        )
        seeker_reply, peer_reply, deadline, card, room = fields
        if deadline is None or card is None or room is not None:
            return None
        ends = datetime.fromtimestamp(float(deadline), UTC)
        if ends <= now:
            return None
        try:
            opened = self._card(offer, card, visitor.role)
        except VaultGoneError:
            return None
        return Offer(
            id=offer,
            side=visitor.role,
            card=opened,
            deadline=ends,
            replies={
                Role.SEEKER: Reply(text(seeker_reply)),
                Role.PEER: Reply(text(peer_reply)),
            },
        )

    def _card(self, offer: OfferId, sealed: bytes, side: Role) -> Card:
        return unpack_card(self._unsealed(offer, sealed, side))

    def _unsealed(self, offer: OfferId, sealed: bytes | None, side: Role) -> bytes:
        return self._backing.vault.unseal(sealed or b"", context=card_context(offer, side))
