"""People and their places: coming in, changing, pausing, extending, leaving."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from matcher.domain.codes import Code, CodeKeys
from matcher.domain.edits import Edit, edited
from matcher.domain.errors import PlaceGoneError
from matcher.domain.invitation import Invitation
from matcher.domain.place import Visitor
from matcher.domain.profile import Handle, PeerProfile, Profile, Role, SeekerProfile
from matcher.store.backing import WAITING_GRAIN, Backing, at
from matcher.store.bounds import ticket_most
from matcher.store.client import text
from matcher.store.clock import rounded_down, rounded_up
from matcher.store.heads import Head
from matcher.store.keys import VISIT_GRAIN
from matcher.store.sealing import seal
from matcher.store.secrets import (
    HANDLE_BYTES,
    code_from,
    cookie_from,
    handle_from,
    invitation_key,
)
from matcher.store.sessions import SessionRecord, sealed_session, session_end

CODE_SIZE = HANDLE_BYTES
TRIES = 4


class Joined(StrEnum):
    """What became of somebody who sent their answers."""

    JOINED = "joined"
    AGAIN = "again"
    GONE = "gone"
    INVITATION = "invitation"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody who sent their answers; everything of theirs derives from the draft's seed.

    Only their code does not where it was made in their browser: then they brought its `keys`,
    and hold it already.
    """

    seed: bytes
    profile: Profile
    invitation: tuple[Code, Invitation] | None = None
    keys: CodeKeys | None = None


class People:
    """The people of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._secrets = backing.secrets
        self._lifetimes = backing.settings.lifetimes

    def join(self, arrival: Arrival, *, now: datetime) -> Joined:
        """Give somebody a place, once for each draft; it lives for the lifetime of its role."""
        handle = handle_from(arrival.seed)
        code = self._secrets.code(arrival.keys or code_from(arrival.seed))
        cookie = cookie_from(arrival.seed)
        is_peer = isinstance(arrival.profile, PeerProfile)
        role = Role.PEER if is_peer else Role.SEEKER
        until = self.end_of_place(role, now)
        record = SessionRecord.of(handle, role, code.key, code.own)
        answer = self._backing.step(
            "join",
            self._secrets.draft_key(arrival.seed),
            code.key,
            self._secrets.session(cookie).key,
            handle,
            role,
            arrival.profile.age,
            at(rounded_down(now, WAITING_GRAIN)),
            at(until),
            at(self.last_end(role, now)),
            at(rounded_up(now + self._lifetimes.draft, VISIT_GRAIN)),
            at(session_end(self._lifetimes, now)),
            seal(code.seal, bytes.fromhex(handle), context=b"code", size=CODE_SIZE),
            sealed_session(self._secrets, cookie, record),
            self._backing.seal_profile(handle, arrival.profile, until),
            invitation_key(arrival.invitation[0]) if arrival.invitation else "",
            ",".join(sorted(arrival.invitation[1].scope)) if arrival.invitation else "",
            arrival.profile.capacity if isinstance(arrival.profile, PeerProfile) else 0,
            "done" if arrival.keys else "open",
            "1" if self._backing.is_closed() else "0",
            now=now,
        )
        return Joined(text(answer) if isinstance(answer, bytes) else Joined.GONE)

    def has_joined(self, seed: bytes) -> bool:
        """Say whether this draft was sent already."""
        key = self._backing.keys("d:", self._secrets.draft_key(seed))
        return bool(self._backing.store.command("EXISTS", key))

    def settle_draft(self, seed: bytes) -> None:
        """Never again show the code of a draft: it has been kept."""
        now = self._backing.clock.now()
        self._backing.step("settle", self._secrets.draft_key(seed), now=now)

    def is_open(self, seed: bytes) -> bool:
        """Say whether a draft was sent and its code is still to be kept."""
        key = self._backing.keys("d:", self._secrets.draft_key(seed))
        return bool(self._backing.store.command("GET", key) == b"open")

    def is_here(self, handle: Handle) -> bool:
        """Say whether somebody still has a place."""
        return self._backing.head(handle) is not None

    def profile(self, handle: Handle) -> Profile:
        """Open what counts of somebody's answers.

        Raises
        ------
        PlaceGoneError
            If they have ended.
        """
        return self._said(handle)[0]

    def answers(self, handle: Handle) -> Profile:
        """Open what somebody said last; of a peer it may not count yet. Raises likewise."""
        return self._said(handle)[-1]

    def change(
        self, visitor: Visitor, profile: SeekerProfile, *, spent_mark: str, now: datetime
    ) -> None:
        """Replace a seeker's answers; open suggestions and tickets on the old ones end."""
        rest = (profile.age, *self._spent(spent_mark, now))

        def step(head: Head) -> object:
            sealed = self._backing.seal_profile(visitor.handle, profile, head.stay)
            words = (visitor.handle, head.version, sealed, *rest)
            return self._backing.step("change", *words, now=now)

        self._repeat(visitor.handle, step)

    def edit(self, visitor: Visitor, wanted: PeerProfile, *, now: datetime) -> None:
        """Let a peer say something else; what does not count yet is kept beside what does."""
        counts_from = self._backing.coarse(now + self._lifetimes.edits)

        def step(head: Head) -> object:
            edit = self._edit(visitor.handle, head, wanted)
            later = edit.later or wanted
            words = (
                visitor.handle,
                head.version,
                self._backing.seal_profile(visitor.handle, edit.at_once, head.stay),
                edit.at_once.age,
                wanted.capacity,
                self._backing.seal_profile(visitor.handle, later, head.stay)
                if edit.later
                else "",
                later.age,
                at(counts_from) if edit.is_new else "",
                "1" if edit.is_quiet else "",
                "1" if edit.takes_away else "",
                "1" if head.has_been_here else "0",
            )
            return self._backing.step("edit", *words, now=now)

        self._repeat(visitor.handle, step)

    def carry(self, visitor: Visitor, capacity: int, *, now: datetime) -> None:
        """Let a peer carry more or fewer at once; nothing that is open is touched."""

        def carrying(profile: Profile) -> Profile:
            if isinstance(profile, PeerProfile):
                return replace(profile, capacity=capacity)
            return profile

        def step(head: Head) -> object:
            sealed, later = self.sealed_anew(visitor.handle, head.stay, carrying)
            words = (visitor.handle, head.version, sealed, capacity, later)
            return self._backing.step("carry", *words, now=now)

        self._repeat(visitor.handle, step)

    def pause(self, visitor: Visitor, *, spent_mark: str, now: datetime) -> None:
        """Let nobody be suggested for a while; pausing twice is pausing."""
        words = (visitor.handle, *self._spent(spent_mark, now))
        self._backing.step("pause", *words, now=now)

    def resume(self, visitor: Visitor, *, now: datetime) -> None:
        """Be matched again, at the old place."""
        self._backing.step("resume", visitor.handle, now=now)

    def extend(self, visitor: Visitor, *, now: datetime) -> None:
        """Let the place live for another lifetime, up to its last end."""

        def step(head: Head) -> object:
            is_seeker = visitor.role is Role.SEEKER
            last = head.last_end if is_seeker else self.last_end(Role.PEER, now)
            until = max(head.stay, min(self.end_of_place(visitor.role, now), last))
            sealed, later = self.sealed_anew(visitor.handle, until)
            words = (visitor.handle, head.version, at(until), sealed, later)
            back = self._backing.way_back(visitor)
            return self._backing.step("extend", *words, *back, now=now)

        self._repeat(visitor.handle, step)

    def erase(self, visitor: Visitor, *, spent_mark: str, now: datetime) -> None:
        """Erase everything of somebody; `spent_mark` voids their tickets."""
        keys = (visitor.handle, visitor.session_key, visitor.code_key or "")
        self._backing.step("erase", *keys, *self._spent(spent_mark, now), now=now)

    def spent_end(self, now: datetime) -> datetime:
        """Say how long a spent ticket has to be remembered: as long as any could hold."""
        return self._backing.coarse(now + ticket_most(self._lifetimes) - self._lifetimes.grain)

    def end_of_place(self, role: Role, now: datetime) -> datetime:
        """Say when a place of today ends, on a boundary that many share."""
        lifetime = self._lifetimes.place if role is Role.SEEKER else self._lifetimes.peer
        return self._backing.coarse(now + lifetime)

    def last_end(self, role: Role, now: datetime) -> datetime:
        """Say past which moment a place of today is never extended."""
        most = self._lifetimes.place_most if role is Role.SEEKER else self._lifetimes.peer
        return self._backing.coarse(now + most)

    def sealed_anew(
        self,
        handle: Handle,
        until: datetime,
        altered: Callable[[Profile], Profile] = lambda profile: profile,
    ) -> tuple[bytes, bytes]:
        """Seal somebody's answers for another day: what counts, and what counts later.

        Raises
        ------
        PlaceGoneError
            If they have ended.
        """
        sealed = [
            self._backing.seal_profile(handle, altered(profile), until)
            for profile in self._said(handle)
        ]
        return sealed[0], b"".join(sealed[1:])

    def _edit(self, handle: Handle, head: Head, wanted: PeerProfile) -> Edit:
        """Split an edit; before they were here for the first time, nobody was suggested yet."""
        match self._said(handle):
            case [PeerProfile() as counting, *_] as all_said if head.has_been_here:
                said = all_said[-1]
            case _:
                return Edit(
                    at_once=wanted, later=None, takes_away=False, is_quiet=False, is_new=False
                )
        if not isinstance(said, PeerProfile):
            raise PlaceGoneError
        return edited(counting, said, wanted, is_settled=head.counts_from is None)

    def _said(self, handle: Handle) -> list[Profile]:
        """Open what counts of somebody, and after it what is to count later."""
        names = (self._backing.keys("p:", handle), self._backing.keys("l:", handle))
        counting, later = self._backing.store.command("MGET", *names)
        if counting is None:
            raise PlaceGoneError
        found = [counting] if later is None else [counting, later]
        return [self._backing.open_profile(handle, sealed) for sealed in found]

    def _spent(self, mark: str, now: datetime) -> tuple[str, str]:
        return mark, at(self.spent_end(now))

    def _repeat(self, handle: Handle, step: Callable[[Head], object]) -> None:
        """Try again on what was changed meanwhile; PlaceGoneError when nothing is there."""
        for _ in range(TRIES):
            if step(self._head_or_gone(handle)):
                return
        raise PlaceGoneError

    def _head_or_gone(self, handle: Handle) -> Head:
        head = self._backing.head(handle)
        if head is None:
            raise PlaceGoneError
        return head
