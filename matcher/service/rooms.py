"""Conversations: entering, saying, asking for more time, ending."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from matcher.domain.counted import Event
from matcher.domain.errors import MatcherError, RoomGoneError
from matcher.domain.place import Visitor
from matcher.domain.profile import Address, Handle, PeerProfile, Profile, Role, Talk
from matcher.domain.room import Message, Room, RoomId
from matcher.domain.rules import Rules
from matcher.service.tallies import Tallies
from matcher.store import rooms as stored
from matcher.store.backing import Backing
from matcher.store.people import People
from matcher.store.rooms import Longer, RoomHead
from matcher.store.rulebook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A person's seat in a room."""

    head: RoomHead
    role: Role

    @property
    def other(self) -> Handle:
        """Who sits on the other one."""
        return self.head.seats[Role.PEER if self.role is Role.SEEKER else Role.SEEKER]


class Likes(NamedTuple):
    """How somebody likes to be talked with."""

    talk: frozenset[Talk]
    address: Address | None


class Rooms:
    """A person's conversations."""

    def __init__(self, store: stored.Rooms, people: People, backing: Backing) -> None:
        self._store = store
        self._people = people
        self._backing = backing
        self._clock = backing.clock
        self._settings = backing.settings
        self._rulebook = Rulebook(backing)
        self._tallies = Tallies(backing, people)

    def of(self, visitor: Visitor) -> tuple[RoomId, ...]:
        """Name the conversations in which this person has a seat."""
        return self._store.of(visitor, now=self._clock.now())

    def rest_until(self, visitor: Visitor) -> datetime | None:
        """Say until when a peer rests from a conversation that ended by itself."""
        return self._store.rest_until(visitor.handle, now=self._clock.now())

    def enter(self, visitor: Visitor, room: RoomId) -> Room:
        """Read a conversation.

        Raises
        ------
        RoomGoneError
            If it has ended, or this person has no seat in it.
        """
        seat = self.seat(visitor, room)
        return self._store.enter(seat.head, seat.role)

    def likes_of_other(self, visitor: Visitor, room: RoomId) -> Likes:
        """Read how the other side likes to be talked with; shown once both said yes."""
        seat = self.seat(visitor, room)
        other = Role.PEER if seat.role is Role.SEEKER else Role.SEEKER
        profile = self._profile(seat.head, other)
        if profile is None:
            return Likes(talk=frozenset(), address=None)
        return Likes(talk=profile.talk, address=profile.address)

    def say(self, visitor: Visitor, room: RoomId, text: str, *, once: str) -> None:
        """Say something; sent twice with the same `once`, it is said once.

        Raises
        ------
        RoomGoneError, RoomFullError
            If it has ended, or holds as many messages as it may.
        """
        now = self._clock.now()
        seat = self.seat(visitor, room)
        message = Message(author=seat.role, at=now, text=text)
        longer = self._longer(seat.head, self._store.later(seat.head, now))
        self._store.say(seat.head, message, once=once, longer=longer, now=now)

    def ask_for_more(self, visitor: Visitor, room: RoomId) -> None:
        """Ask for more time in a slow conversation; it comes once both have asked."""
        now = self._clock.now()
        head = self.seat(visitor, room).head
        longer = self._longer(head, self._store.longer_end(head, now))
        self._store.ask_for_more(head, visitor, longer=longer, now=now)

    def end(self, visitor: Visitor, room: RoomId) -> None:
        """End a conversation and erase what was said, for both; the peer may then rest."""
        now = self._clock.now()
        seat = self.seat(visitor, room)
        self._store.end(seat.head, seat.role, rest_until=self._rested(seat.head, now), now=now)
        self._tallies.happened(Event.ENDED)

    def hand_back(self, visitor: Visitor, room: RoomId) -> None:
        """Let a peer hand a conversation back; the seeker waits again at the old place."""
        now = self._clock.now()
        rest_until = self._rested(self.seat(visitor, room).head, now)
        self._store.give_back(room, visitor.handle, rest_until=rest_until, now=now)
        self._tallies.happened(Event.RETURNED)

    def give_back_silent(self, visitor: Visitor) -> None:
        """Let a seeker wait again whose peer has never written in time."""
        head = self._backing.head(visitor.handle)
        if head is None or head.room is None:
            return
        if self._store.give_back_silent(RoomId(head.room), now=self._clock.now()):
            self._tallies.happened(Event.RETURNED)

    def seat(self, visitor: Visitor, room: RoomId) -> Seat:
        """Find somebody's seat; RoomGoneError when the room has ended, or they have none."""
        head = self._store.head(room, now=self._clock.now())
        if head.seats[visitor.role] != visitor.handle:
            raise RoomGoneError
        return Seat(head=head, role=visitor.role)

    def _rested(self, head: RoomHead, now: datetime) -> datetime | None:
        """Say until when the peer of a room rests that ends now: an end that many share."""
        length = rest_of(self._profile(head, Role.PEER), self._rulebook.in_force())
        return self._backing.coarse(now + length) if length else None

    def _longer(self, head: RoomHead, until: datetime) -> Longer:
        """Prepare a room's longer life: the seeker's answers have to outlive it."""
        handle = head.seats[Role.SEEKER]
        found = self._backing.head(handle)
        profile = self._profile(head, Role.SEEKER) if until > head.until else None
        if found is None or profile is None:
            return Longer(until=until)
        stay = max(found.stay, until + self._settings.lifetimes.after_room)
        sealed = self._backing.seal_profile(handle, profile, stay)
        return Longer(until=until, version=found.version, sealed_profile=sealed)

    def _profile(self, head: RoomHead, role: Role) -> Profile | None:
        try:
            return self._people.profile(head.seats[role])
        except MatcherError:  # their answers have ended: the conversation goes on without
            return None


def rest_of(profile: Profile | None, rules: Rules) -> timedelta:
    """Say how long a peer rests after a room: what they chose, and what the rules ask for."""
    chosen = profile.rest if isinstance(profile, PeerProfile) else timedelta(0)
    return max(chosen, rules.peers.rest_after_room)
