"""Suggestions: what somebody is asked, and what they say; the second yes opens a room."""

from datetime import datetime

from matcher.domain.counted import Event
from matcher.domain.errors import OfferGoneError
from matcher.domain.offer import LONGEST_ANSWER, Offer, OfferId, Reply
from matcher.domain.place import Visitor
from matcher.domain.profile import Role
from matcher.domain.room import RoomId, RoomKind
from matcher.service.rooms import rest_of
from matcher.service.tallies import Tallies
from matcher.store import offers as stored
from matcher.store.backing import Backing
from matcher.store.capsules import Capsules
from matcher.store.offers import Opening, Staying, Terms
from matcher.store.people import People
from matcher.store.rooms import Rooms
from matcher.store.rulebook import Rulebook
from matcher.store.secrets import new_id
from matcher.store.talked import Talked, mark_of
from matcher.store.tickets import Tickets


class Offers:
    """A person's open suggestions."""

    def __init__(
        self,
        store: stored.Offers,
        rooms: Rooms,
        people: People,
        tickets: Tickets,
        backing: Backing,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._people = people
        self._tickets = tickets
        self._clock = backing.clock
        self._backing = backing
        self._rulebook = Rulebook(backing)
        self._tallies = Tallies(backing, people)
        self._capsules = Capsules(backing)
        self._talked = Talked(backing)

    def open_for(self, visitor: Visitor) -> tuple[Offer, ...]:
        """Read the suggestions open to somebody; a seeker's only once the peer said yes."""
        return self._store.open_for(visitor, now=self._clock.now())

    def answer(self, visitor: Visitor, offer: OfferId, reply: Reply) -> RoomId | None:
        """Say yes or no; returns the room when both have said yes.

        Raises
        ------
        OfferGoneError
            If it expired, was answered otherwise, or is not this person's.
        """
        with self._tallies.answering(visitor, offer, reply, self._store):
            return self._answer(visitor, offer, reply)

    def hand_back(self, visitor: Visitor, offer: OfferId) -> None:
        """Let a peer say "too much for me now", without penalty. Raises like `answer`."""
        self._store.hand_back(offer, visitor, now=self._clock.now())
        self._tallies.happened(Event.TOO_MUCH)

    def _answer(self, visitor: Visitor, offer: OfferId, reply: Reply) -> RoomId | None:
        now = self._clock.now()
        if reply is Reply.DECLINED:
            self._store.decline(offer, visitor, now=now)
            return None
        terms = self._store.terms(offer, visitor)
        if not isinstance(terms, Terms):
            return terms  # the same button was pressed twice
        if visitor.role is Role.PEER:
            staying = self._staying(visitor, offer, terms)
            return self._store.accept(offer, visitor, staying, now=now)
        waiting_since = self._waiting_since(visitor)
        opening = self._opening(visitor, offer, terms)
        room = self._store.accept(offer, visitor, opening, now=now)
        if waiting_since is not None:
            self._tallies.began(visitor.handle, now - waiting_since)
        return room

    def _waiting_since(self, visitor: Visitor) -> datetime | None:
        """Say since when a seeker waits; None when this yes was said before."""
        head = self._backing.head(visitor.handle)
        return head.since if head is not None and head.state == "open" else None

    def _staying(self, visitor: Visitor, offer: OfferId, terms: Terms) -> Staying:
        """Prepare the peer's records to outlive a room that may come of their yes."""
        now, lifetimes = self._clock.now(), self._backing.settings.lifetimes
        head = self._backing.head(visitor.handle)
        if head is None:
            raise OfferGoneError
        longest = 2 * LONGEST_ANSWER + lifetimes.room_slow + lifetimes.after_room
        stay = self._backing.coarse(now + longest)
        profile = self._people.profile(visitor.handle)
        rest = rest_of(profile, self._rulebook.in_force())
        sealed = (b"", b"")
        if stay > head.stay:
            sealed = self._people.sealed_anew(visitor.handle, stay)
        seeker = terms.sides[Role.SEEKER]
        return Staying(
            stay=max(stay, head.stay),
            lasts=terms.lasts,
            rest=rest,
            version=head.version,
            sealed=sealed,
            capsule=self._capsules.leave(visitor.own, seeker, offer, until=stay),
        )

    def _opening(self, visitor: Visitor, offer: OfferId, terms: Terms) -> Opening:
        """Prepare the room: its key, its ends, and the seeker's records that live as long."""
        now, lifetimes = self._clock.now(), self._backing.settings.lifetimes
        head = self._backing.head(visitor.handle)
        if head is None:
            raise OfferGoneError
        lives = lifetimes.room_slow if terms.kind is RoomKind.SLOW else lifetimes.room_live
        until = self._backing.coarse(now + lives)
        stays = self._backing.coarse(now + lifetimes.room_slow + lifetimes.after_room)
        stay = max(head.stay, stays)
        last_end = self._backing.coarse(now + lifetimes.room_most)
        room = RoomId(new_id())
        return Opening(
            room=room,
            kind=terms.kind,
            sealed_key=self._rooms.new_key(room, until),
            until=until,
            last_end=last_end,
            silent=self._backing.coarse(now + min(lives, lifetimes.room_silent)),
            version=head.version,
            sealed_profile=self._backing.seal_profile(
                visitor.handle, self._people.profile(visitor.handle), stay
            ),
            stay=stay,
            spent_mark=self._tickets.spend(visitor.handle, now=now),
            means=self._capsules.begin(
                visitor.own, terms.sides[Role.PEER], offer, left=terms.left, now=now
            ),
            bucket=self._talked.sealed(
                mark_of(visitor, room), terms.bucket, until=last_end + lifetimes.after_room
            ),
        )
