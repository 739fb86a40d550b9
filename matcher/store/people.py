"""People and their places: coming in, coming back, changing, leaving."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from msgspec import Struct, msgpack

from matcher.domain.codes import Code
from matcher.domain.errors import (
    NoSessionError,
    PlaceGoneError,
    UnknownCodeError,
    VaultGoneError,
)
from matcher.domain.invitation import Invitation
from matcher.domain.place import CheckIn, Visitor
from matcher.domain.profile import Handle, PeerProfile, Profile, Role
from matcher.store.backing import WAITING_GRAIN, Backing, at
from matcher.store.clock import rounded_down, rounded_up
from matcher.store.heads import Head, head_from
from matcher.store.keys import VISIT_GRAIN, stay_most
from matcher.store.sealing import seal, unseal
from matcher.store.secrets import (
    code_from,
    cookie_from,
    handle_from,
    invitation_key,
    new_cookie,
)

CODE_SIZE = 64
SESSION_SIZE = 160


class Joined(StrEnum):
    """What became of somebody who sent their answers."""

    JOINED = "joined"
    AGAIN = "again"
    GONE = "gone"
    INVITATION = "invitation"


class SessionRecord(Struct, frozen=True, array_like=True):
    """What a session holds, sealed under its cookie."""

    handle: str
    role: Role
    code_key: str
    login: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody who sent their answers; everything of theirs derives from the draft's seed."""

    seed: bytes
    profile: Profile
    invitation: tuple[Code, Invitation] | None = None


class People:
    """The people of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._secrets = backing.secrets
        self._lifetimes = backing.settings.lifetimes

    def join(self, arrival: Arrival, *, now: datetime) -> Joined:
        """Give somebody a place, once for each draft; it lives for the lifetime of its role."""
        handle, code = handle_from(arrival.seed), self._secrets.code(code_from(arrival.seed))
        cookie = cookie_from(arrival.seed)
        is_peer = isinstance(arrival.profile, PeerProfile)
        role = Role.PEER if is_peer else Role.SEEKER
        until = self.end_of_place(role, now)
        record = SessionRecord(handle, role, code.key, 1)
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
            at(self._session_end(now)),
            seal(code.seal, handle.encode(), context=b"code", size=CODE_SIZE),
            self.sealed_session(cookie, record),
            self._backing.seal_profile(handle, arrival.profile, until),
            invitation_key(arrival.invitation[0]) if arrival.invitation else "",
            ",".join(sorted(arrival.invitation[1].scope)) if arrival.invitation else "",
            arrival.profile.capacity if isinstance(arrival.profile, PeerProfile) else 0,
            now=now,
        )
        return Joined(_text(answer))

    def has_joined(self, seed: bytes) -> bool:
        """Say whether this draft was sent already."""
        key = self._backing.keys("d:", self._secrets.draft_key(seed))
        return bool(self._backing.store.command("EXISTS", key))

    def settle_draft(self, seed: bytes) -> None:
        """Never again show the code of a draft: it has been kept."""
        key = self._backing.keys("d:", self._secrets.draft_key(seed))
        self._backing.store.command("SET", key, "done", "XX", "KEEPTTL")

    def is_open(self, seed: bytes) -> bool:
        """Say whether a draft was sent and its code is still to be kept."""
        key = self._backing.keys("d:", self._secrets.draft_key(seed))
        return bool(self._backing.store.command("GET", key) == b"open")

    def sign_in(self, code: Code, *, now: datetime) -> str:
        """Open a session and end the person's earlier one.

        Raises
        ------
        UnknownCodeError
            If no place opens with this code.
        """
        lock = self._secrets.code(code)
        sealed = self._backing.store.command("GET", self._backing.keys("c:", lock.key))
        try:
            handle = Handle(unseal(lock.seal, sealed or b"", context=b"code").decode())
        except VaultGoneError:
            raise UnknownCodeError from None
        head = self.head(handle)
        if head is None:
            raise UnknownCodeError
        cookie = new_cookie()
        record = SessionRecord(handle, head.role, lock.key, head.login + 1)
        ends = at(self._session_end(now))
        session = self._secrets.session(cookie).key
        words = (session, self.sealed_session(cookie, record), ends, handle, record.login)
        if not self._backing.step("sign_in", *words, now=now):
            raise UnknownCodeError
        return cookie

    def sign_out(self, cookie: str) -> None:
        """End a session."""
        key = self._backing.keys("s:", self._secrets.session(cookie).key)
        self._backing.store.command("DEL", key)

    def visit(self, cookie: str, *, now: datetime) -> tuple[Visitor, Head]:
        """Find who holds this cookie, and let their session live on.

        Raises
        ------
        NoSessionError
            If the session is over.
        """
        lock = self._secrets.session(cookie)
        sealed = self._backing.store.command("GET", self._backing.keys("s:", lock.key))
        try:
            plain = unseal(lock.seal, sealed or b"", context=b"session")
        except VaultGoneError:
            raise NoSessionError from None
        record = msgpack.decode(plain, type=SessionRecord)
        ends = at(self._session_end(now))
        words = (lock.key, record.handle, record.code_key, record.login, ends)
        head = head_from(_list(self._backing.step("visit", *words, now=now)))
        if head is None:
            raise NoSessionError
        visitor = Visitor(
            handle=Handle(record.handle),
            role=record.role,
            session_key=lock.key,
            code_key=record.code_key or None,
        )
        return visitor, head

    def keep_no_code(self, visitor: Visitor, cookie: str, *, now: datetime) -> None:
        """Let the session alone lead back, for as long as the place lives."""
        head = self._head_or_gone(visitor.handle)
        record = SessionRecord(visitor.handle, visitor.role, "", head.login)
        sealed = self.sealed_session(cookie, record)
        words = (visitor.session_key, sealed, visitor.code_key or "", visitor.handle)
        self._backing.step("no_code", *words, now=now)

    def head(self, handle: Handle) -> Head | None:
        """Read what stands in clear about somebody."""
        return head_from(
            self._backing.store.command("HGETALL", self._backing.keys("h:", handle))
        )

    def profile(self, handle: Handle) -> Profile:
        """Open somebody's answers.

        Raises
        ------
        PlaceGoneError
            If they have ended.
        """
        sealed = self._backing.store.command("GET", self._backing.keys("p:", handle))
        if sealed is None:
            raise PlaceGoneError
        return self._backing.open_profile(handle, sealed)

    def change(
        self, visitor: Visitor, profile: Profile, *, spent_mark: str, now: datetime
    ) -> None:
        """Replace somebody's answers; open suggestions and tickets on the old ones end."""
        head = self._head_or_gone(visitor.handle)
        sealed = self._backing.seal_profile(visitor.handle, profile, head.stay)
        capacity = profile.capacity if isinstance(profile, PeerProfile) else 0
        words = (visitor.handle, head.version, sealed, profile.age, capacity)
        _or_gone(self._backing.step("change", *words, *self._spent(spent_mark, now), now=now))

    def carry(self, visitor: Visitor, profile: PeerProfile, *, now: datetime) -> None:
        """Let a peer carry more or fewer at once; nothing that is open is touched."""
        head = self._head_or_gone(visitor.handle)
        sealed = self._backing.seal_profile(visitor.handle, profile, head.stay)
        words = (visitor.handle, head.version, sealed, profile.capacity)
        _or_gone(self._backing.step("carry", *words, now=now))

    def pause(self, visitor: Visitor, *, spent_mark: str, now: datetime) -> None:
        """Let nobody be suggested for a while; pausing twice is pausing."""
        words = (visitor.handle, *self._spent(spent_mark, now))
        self._backing.step("pause", *words, now=now)

    def resume(self, visitor: Visitor, *, now: datetime) -> None:
        """Be matched again, at the old place."""
        self._backing.step("resume", visitor.handle, now=now)

    def extend(self, visitor: Visitor, *, now: datetime) -> None:
        """Let the place live for another lifetime, up to its last end."""
        head = self._head_or_gone(visitor.handle)
        last = head.last_end if visitor.role is Role.SEEKER else self.last_end(Role.PEER, now)
        until = max(head.stay, min(self.end_of_place(visitor.role, now), last))
        sealed = self._backing.seal_profile(visitor.handle, self.profile(visitor.handle), until)
        words = (visitor.handle, head.version, at(until), sealed, visitor.code_key or "")
        _or_gone(self._backing.step("extend", *words, now=now))

    def erase(self, visitor: Visitor, *, spent_mark: str, now: datetime) -> None:
        """Erase everything of somebody; `spent_mark` voids their tickets."""
        keys = (visitor.handle, visitor.session_key, visitor.code_key or "")
        words = (*keys, *self._spent(spent_mark, now), at(now))
        self._backing.step("erase", *words, now=now)

    def check_in(self, visitor: Visitor, how: CheckIn, *, now: datetime) -> None:
        """Let a peer be matched from now on, for as long as they said."""
        until = rounded_up(now + how.lasts, VISIT_GRAIN)
        words = (visitor.handle, at(until), "1" if how.is_live else "0")
        _or_gone(self._backing.step("check_in", *words, now=now))

    def check_out(self, visitor: Visitor, *, now: datetime) -> None:
        """Match a peer no longer, until they check in again."""
        _or_gone(self._backing.step("check_in", visitor.handle, 0, "0", now=now))

    def spent_end(self, now: datetime) -> datetime:
        """Say how long a spent ticket has to be remembered: as long as any could hold."""
        return self._backing.coarse(now + stay_most(self._lifetimes) - self._lifetimes.grain)

    def end_of_place(self, role: Role, now: datetime) -> datetime:
        """Say when a place of today ends, on a boundary that many share."""
        lifetime = self._lifetimes.place if role is Role.SEEKER else self._lifetimes.peer
        return self._backing.coarse(now + lifetime)

    def last_end(self, role: Role, now: datetime) -> datetime:
        """Say past which moment a place of today is never extended."""
        most = self._lifetimes.place_most if role is Role.SEEKER else self._lifetimes.peer
        return self._backing.coarse(now + most)

    def _spent(self, mark: str, now: datetime) -> tuple[str, str]:
        return mark, at(self.spent_end(now))

    def _session_end(self, now: datetime) -> datetime:
        return rounded_up(now + self._lifetimes.session, VISIT_GRAIN)

    def _head_or_gone(self, handle: Handle) -> Head:
        head = self.head(handle)
        if head is None:
            raise PlaceGoneError
        return head

    def sealed_session(self, cookie: str, record: SessionRecord) -> bytes:
        """Seal a session under its cookie."""
        key = self._secrets.session(cookie).seal
        return seal(key, msgpack.encode(record), context=b"session", size=SESSION_SIZE)


def _or_gone(answer: object) -> None:
    if not answer:
        raise PlaceGoneError


def _text(answer: object) -> str:
    return answer.decode() if isinstance(answer, bytes) else str(answer)


def _list(answer: object) -> list[bytes]:
    return answer if isinstance(answer, list) else []
