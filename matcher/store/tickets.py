"""Tickets: what lets a waiting seeker back in once, after the store was lost."""

from datetime import UTC, datetime

from msgspec import Struct, msgpack

from matcher.domain.errors import NoSessionError, TooManyChangesError, VaultGoneError
from matcher.domain.place import Visitor
from matcher.domain.profile import Handle, Role
from matcher.store.backing import Backing, at
from matcher.store.clock import rounded_up
from matcher.store.heads import Head
from matcher.store.keys import VISIT_GRAIN
from matcher.store.people import People
from matcher.store.secrets import new_cookie
from matcher.store.sessions import SessionRecord, sealed_session
from matcher.store.spent import SpentList, opens_since
from matcher.store.wire import PROFILE_SIZE, pack_profile, unpack_profile

TICKET_SIZE = PROFILE_SIZE + 512
TICKET_CONTEXT = b"ticket"
FIRST = 1
MOST_STINTS = 500  # some nine a day, in the longest time a place lasts
NO_END = 0  # what somebody meets and leaves by is never refused
TOO_MANY = -1  # as stint.lua says it
GONE = 0  # stints are counted from FIRST; this one stands for all


class TicketRecord(Struct, frozen=True, array_like=True):
    """A seeker's handle, place and profile, their code's record, and what is their own."""

    handle: str
    age: str
    since: float
    until: float
    last_end: float
    stint: int
    profile: bytes
    code_key: str
    code_record: bytes
    own: bytes


class Tickets:
    """The tickets of one pool's seekers."""

    def __init__(self, backing: Backing, people: People) -> None:
        self._backing = backing
        self._people = people
        self._spent = SpentList(backing.settings.folders.vault)

    def write(self, visitor: Visitor, head: Head) -> bytes:
        """Write a seeker's ticket, sealed until their place ends."""
        sealed = b""
        if visitor.code_key:
            name = self._backing.keys("c:", visitor.code_key)
            sealed = self._backing.store.command("GET", name) or b""
        profile = self._people.profile(visitor.handle)
        record = TicketRecord(
            handle=visitor.handle,
            age=head.age,
            since=head.since.timestamp(),
            until=head.until.timestamp(),
            last_end=head.last_end.timestamp(),
            stint=head.stint,
            profile=pack_profile(profile, self._backing.settings.needs),
            code_key=visitor.code_key or "",
            code_record=sealed,
            own=visitor.own,
        )
        return self._backing.vault.seal(
            msgpack.encode(record), until=head.until, context=TICKET_CONTEXT, size=TICKET_SIZE
        )

    def spend(self, handle: Handle, *, now: datetime) -> str:
        """Begin the next stint and void every ticket of the one before; returns its mark.

        In this order: whatever fails afterwards, the tickets of the new stint are good. Where
        nobody is any more there is nothing to void.
        """
        return self._begin_stint(handle, NO_END, now)

    def spend_for_change(self, visitor: Visitor, *, now: datetime) -> str:
        """Do so for a pause or for other answers, of which one place remembers only so many.

        Each adds to the list, which nobody may fill who has nothing but a place. A peer has no
        tickets: of all their pauses, the first voids what they came in with.

        Raises
        ------
        TooManyChangesError
            If this seeker's place has seen as many.
        """
        if visitor.role is Role.PEER:
            return self._add(visitor.handle, FIRST, now)
        return self._begin_stint(visitor.handle, MOST_STINTS, now)

    def bury(self, handle: Handle, *, now: datetime) -> str:
        """Spend everything of somebody who leaves: no ticket and no draft leads back."""
        mark = self._add(handle, GONE, now)
        self._backing.step("note_spent", mark, at(self._people.spent_end(now)), now=now)
        return self.spend(handle, now=now)

    def revoke(self, handle: Handle, *, now: datetime) -> None:
        """Take somebody's place away for good: nothing they still hold leads anywhere again.

        Their session and code are known to them alone; what they led to has gone.
        """
        mark = self.bury(handle, now=now)
        visitor = Visitor(handle=handle, role=Role.SEEKER, session_key="", code_key=None)
        self._people.erase(visitor, spent_mark=mark, now=now)

    def is_buried(self, handle: Handle) -> bool:
        """Say whether somebody has left for good, on this machine or on another."""
        return self._is_spent(self._backing.secrets.spent_mark(handle, GONE))

    def has_gone_on(self, handle: Handle) -> bool:
        """Say whether somebody who is not here was, and has spent the first of their tickets.

        They have met, paused or changed their answers since, and then the store was lost: what
        they sent to come in is not the last word any more.
        """
        first = self._backing.secrets.spent_mark(handle, FIRST)
        return self._is_spent(first) and not self._people.is_here(handle)

    def _is_spent(self, mark: str) -> bool:
        name = self._backing.keys("t")
        command = self._backing.store.command
        return self._spent.holds(mark) or command("ZSCORE", name, mark) is not None

    def _begin_stint(self, handle: Handle, most: int, now: datetime) -> str:
        ended = self._backing.step("stint", handle, most, now=now)
        if ended == TOO_MANY:
            raise TooManyChangesError
        if not isinstance(ended, int) or ended < FIRST:
            return self._backing.secrets.spent_mark(handle, GONE)
        return self._add(handle, ended, now)

    def _add(self, handle: Handle, stint: int, now: datetime) -> str:
        mark = self._backing.secrets.spent_mark(handle, stint)
        since = opens_since(self._backing.vault)
        self._spent.add(mark, until=self._people.spent_end(now), now=since)
        return mark

    def come_back(self, ticket: bytes, *, now: datetime) -> str:
        """Put a seeker back at the old place; returns their new session's cookie.

        Raises
        ------
        NoSessionError
            If the ticket is not ours, too old, spent, or its person is here already.
        """
        try:
            plain = self._backing.vault.unseal(ticket, context=TICKET_CONTEXT)
        except VaultGoneError:
            raise NoSessionError from None
        record = msgpack.decode(plain, type=TicketRecord)
        handle, until = Handle(record.handle), datetime.fromtimestamp(record.until, UTC)
        mark = self._backing.secrets.spent_mark(handle, record.stint)
        if self._is_spent(mark) or self.is_buried(handle):
            raise NoSessionError
        profile = unpack_profile(record.profile, self._backing.settings.needs)
        cookie = new_cookie()
        session = SessionRecord.of(handle, Role.SEEKER, record.code_key, record.own)
        words = (
            handle,
            mark,
            record.age,
            f"{record.since:.3f}",
            at(until),
            f"{record.last_end:.3f}",
            record.stint,
            self._backing.seal_profile(handle, profile, until),
            record.code_key,
            record.code_record,
            self._backing.secrets.session(cookie).key,
            sealed_session(self._backing.secrets, cookie, session),
            at(rounded_up(now + self._backing.settings.lifetimes.session, VISIT_GRAIN)),
            self._backing.secrets.spent_mark(handle, GONE),
        )
        if not self._backing.step("come_back", *words, now=now):
            raise NoSessionError
        return cookie
