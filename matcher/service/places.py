"""What a person does with their own place: signing in, looking, changing, leaving."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.domain.codes import Code, CodeKeys
from matcher.domain.errors import NoSessionError, RoomGoneError
from matcher.domain.place import CheckIn, Place, PlaceState, Visitor
from matcher.domain.profile import PeerProfile, Profile, Role, SeekerProfile
from matcher.domain.rules import Rules
from matcher.domain.waits import UsualWait
from matcher.service.intake import refuse_minors, with_old_training
from matcher.service.notes import Notes
from matcher.service.rooms import Rooms
from matcher.store.backing import Backing
from matcher.store.capsules import Capsules
from matcher.store.clock import rounded_up
from matcher.store.heads import Head
from matcher.store.offers import Offers
from matcher.store.people import People
from matcher.store.presence import Presence
from matcher.store.rulebook import Rulebook
from matcher.store.sessions import Sessions
from matcher.store.tickets import Tickets
from matcher.store.waits import Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the errand stands on."""

    backing: Backing
    people: People
    sessions: Sessions
    offers: Offers
    rooms: Rooms
    tickets: Tickets
    notes: Notes


class Places:
    """A person's own place."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._people = parts.people
        self._presence = Presence(parts.backing)
        self._clock = parts.backing.clock
        self._settings = parts.backing.settings
        self._rulebook = Rulebook(parts.backing)
        self._waits = Waits(parts.backing)
        self._capsules = Capsules(parts.backing)

    def sign_in(self, code: Code | CodeKeys, *, old_cookie: str | None) -> str:
        """Open a session and return its cookie; this browser's earlier one ends.

        The code may have stayed in the browser: then its keys came instead.

        Raises
        ------
        UnknownCodeError
            If no place opens with this code: unknown, expired and foreign look the same.
        """
        cookie = self._parts.sessions.sign_in(code, now=self._clock.now())
        self.sign_out(old_cookie)
        return cookie

    def sign_out(self, cookie: str | None) -> None:
        """End a session; who keeps no code could never come back, so all of theirs goes."""
        with suppress(NoSessionError):
            visitor = self.visitor(cookie)
            if visitor.code_key is None:
                self.erase(visitor)
        if cookie:
            self._parts.sessions.sign_out(cookie)

    def visitor(self, cookie: str | None) -> Visitor:
        """Find who is signed in, and let their session live on.

        Raises
        ------
        NoSessionError
            If nobody is.
        """
        if not cookie:
            raise NoSessionError
        return self._parts.sessions.visit(cookie, now=self._clock.now())[0]

    def look(self, visitor: Visitor) -> Place:
        """Say where somebody stands.

        Raises
        ------
        NoSessionError
            If their place has ended meanwhile.
        """
        now = self._clock.now()
        head = self._settled(visitor)
        load = len(self._parts.offers.open_for(visitor, now=now))
        load += len(self._parts.rooms.of(visitor))
        return Place(
            role=visitor.role,
            state=self._state(visitor, head, now),
            since=head.since,
            until=head.stay,
            last_end=head.last_end,
            here_until=_if_ahead(head.here_until, now),
            rest_until=self._rest_until(visitor, head, now),
            counts_from=_if_ahead(head.counts_from, now),
            capacity=head.capacity,
            load=load,
            missed=self._missed(visitor, head, now),
            is_week_full=head.has_used_up(self._rulebook.in_force().peers.hours_a_week, now),
            is_warned=_if_ahead(head.warned_until, now) is not None,
        )

    def answers(self, visitor: Visitor) -> Profile:
        """Open what somebody said last; PlaceGoneError when it has ended."""
        return self._people.answers(visitor.handle)

    def change(self, visitor: Visitor, profile: Profile) -> None:
        """Replace somebody's answers at the old place.

        A seeker's count at once, and open suggestions are taken back; a peer's count later, but
        for what they take away.
        """
        refuse_minors(profile)
        now = self._clock.now()
        match with_old_training(profile, self.answers(visitor)):
            case PeerProfile() as kept:
                self._people.edit(visitor, kept, now=now)
            case SeekerProfile() as kept:
                mark = self._spent(visitor, now)
                self._people.change(visitor, kept, spent_mark=mark, now=now)

    def set_capacity(self, visitor: Visitor, capacity: int) -> None:
        """Let a peer carry more or fewer at once; nothing that is open is touched."""
        if visitor.role is Role.PEER:
            self._people.carry(visitor, capacity, now=self._clock.now())

    def rules(self) -> Rules:
        """Read the rules that are in force."""
        return self._rulebook.in_force()

    def pause(self, visitor: Visitor) -> None:
        """Let nobody be suggested for a while; the place keeps its age."""
        now = self._clock.now()
        if self._head(visitor).state == "open":  # pausing twice is pausing, and voids nothing
            self._people.pause(visitor, spent_mark=self._spent(visitor, now), now=now)

    def resume(self, visitor: Visitor) -> None:
        """Be matched again, at the old place; after a conversation it also lives on again."""
        state = self.look(visitor).state
        self._people.resume(visitor, now=self._clock.now())
        if state is PlaceState.ENDED:
            self.extend(visitor)

    def extend(self, visitor: Visitor) -> None:
        """Let the place live longer, up to its last end; a peer renews it by this."""
        self._people.extend(visitor, now=self._clock.now())

    def erase(self, visitor: Visitor) -> None:
        """Erase everything of somebody now; whoever was with them is free again."""
        now = self._clock.now()
        if visitor.role is Role.PEER:
            self._parts.notes.forget_all(visitor)
        else:
            for room in self._parts.rooms.of(visitor):
                with suppress(RoomGoneError):  # the peer may be leaving at this very moment
                    self._parts.rooms.end(visitor, room)
        self._capsules.forget_all(visitor.own)
        mark = self._parts.tickets.bury(visitor.handle, now=now)
        self._people.erase(visitor, spent_mark=mark, now=now)

    def keep_no_code(self, visitor: Visitor, cookie: str) -> None:
        """Let this browser's session alone lead back, for as long as the place lives."""
        self._parts.sessions.keep_no_code(visitor, cookie, now=self._clock.now())

    def check_in(self, visitor: Visitor, how: CheckIn) -> None:
        """Let a peer be matched from now on, for as long as they said."""
        self._presence.check_in(visitor, how, now=self._clock.now())

    def check_out(self, visitor: Visitor) -> None:
        """Match a peer no longer, until they check in again."""
        self._presence.check_out(visitor, now=self._clock.now())

    def rest(self, visitor: Visitor, length: timedelta) -> None:
        """Let a peer rest for so long: nobody new, and what is open goes to others."""
        now = self._clock.now()
        self._presence.check_out(visitor, now=now)
        self._presence.rest(visitor, length, now=now)

    def ticket(self, visitor: Visitor) -> str:
        """Write what lets this waiting seeker back in after a loss of the store, or nothing."""
        head = self._head(visitor)
        is_held = _if_ahead(head.held_until, self._clock.now())
        if visitor.role is not Role.SEEKER or head.state != "open" or is_held:
            return ""
        return urlsafe_b64encode(self._parts.tickets.write(visitor, head)).decode()

    def come_back(self, ticket: str) -> str:
        """Put a seeker back at the old place and return their new cookie.

        Raises
        ------
        NoSessionError
            If the ticket is void: then they have to join again.
        """
        try:
            sealed = urlsafe_b64decode(ticket.encode("ascii"))
        except ValueError:
            raise NoSessionError from None
        return self._parts.tickets.come_back(sealed, now=self._clock.now())

    def alias(self, visitor: Visitor, what: str) -> str:
        """Name an offer or a room in a person's addresses; it means nothing to others."""
        return self._parts.backing.secrets.alias(visitor.handle, what)

    def next_round(self) -> datetime:
        """Say when suggestions are looked for next, at the latest."""
        return rounded_up(self._clock.now(), self._settings.rounds.every)

    def usual_wait(self) -> UsualWait | None:
        """Say how long most people waited lately who found somebody; None where few did."""
        return self._waits.lately(now=self._clock.now())

    def _spent(self, visitor: Visitor, now: datetime) -> str:
        return self._parts.tickets.spend_for_change(visitor, now=now)

    def _settled(self, visitor: Visitor) -> Head:
        """Read where somebody stands, once a room that stayed silent has given them back."""
        head = self._head(visitor)
        if head.state != "talking" or self._parts.rooms.of(visitor):
            return head
        self._parts.rooms.give_back_silent(visitor)
        return self._head(visitor)

    def _head(self, visitor: Visitor) -> Head:
        head = self._parts.backing.head(visitor.handle)
        if head is None:
            raise NoSessionError
        return head

    def _state(self, visitor: Visitor, head: Head, now: datetime) -> PlaceState:
        if head.state == "paused":
            return PlaceState.PAUSED
        is_held = _if_ahead(head.held_until, now)
        if is_held and (visitor.role is Role.PEER or head.state == "open"):
            return PlaceState.HELD
        if visitor.role is Role.PEER:
            return self._peer_state(visitor, head, now)
        if head.state == "open":
            return PlaceState.WAITING
        return PlaceState.TALKING if self._parts.rooms.of(visitor) else PlaceState.ENDED

    def _peer_state(self, visitor: Visitor, head: Head, now: datetime) -> PlaceState:
        if self._rest_until(visitor, head, now):
            return PlaceState.RESTING
        if head.is_quiet and _if_ahead(head.counts_from, now):
            return PlaceState.CHANGING
        is_missed = self._missed(visitor, head, now) >= self.rules().peers.missed_before_pause
        is_here = _if_ahead(head.here_until, now) and not is_missed
        return PlaceState.HERE if is_here else PlaceState.AWAY

    def _missed(self, visitor: Visitor, head: Head, now: datetime) -> int:
        """Count what a peer let pass: what still can be answered is none of it."""
        if visitor.role is not Role.PEER:
            return 0
        asked = sum(one.is_asking for one in self._parts.offers.open_for(visitor, now=now))
        return max(0, head.missed - asked)

    def _rest_until(self, visitor: Visitor, head: Head, now: datetime) -> datetime | None:
        """Find the later end of two rests: from a room that was ended, from one that ended."""
        by_itself = self._parts.rooms.rest_until(visitor) if visitor.role is Role.PEER else None
        return max(filter(None, (_if_ahead(head.rest_until, now), by_itself)), default=None)


def _if_ahead(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment is not None and moment > now else None
