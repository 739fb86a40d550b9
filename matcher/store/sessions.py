"""Sessions: who is signed in, sealed under their own cookie; only the newest login counts."""

from datetime import datetime

from msgspec import Struct, msgpack

from matcher.domain.codes import Code, CodeKeys
from matcher.domain.errors import (
    NoSessionError,
    PlaceGoneError,
    UnknownCodeError,
    VaultGoneError,
)
from matcher.domain.place import Visitor
from matcher.domain.profile import Handle, Role
from matcher.settings.model import Lifetimes
from matcher.store.backing import Backing, at
from matcher.store.clock import rounded_up
from matcher.store.heads import Head, head_from
from matcher.store.keys import VISIT_GRAIN
from matcher.store.sealing import seal, unseal
from matcher.store.secrets import HANDLE_BYTES, Secrets, new_cookie, new_id

SESSION_SIZE = 104
NOBODY = Handle("0" * 2 * HANDLE_BYTES)
FIRST_LOGIN = "first"  # as the Lua steps write it where somebody comes in or back


class SessionRecord(Struct, frozen=True, array_like=True):
    """What a session holds, sealed under its cookie; names in hex as the bytes they say."""

    handle: bytes
    role: Role
    code_key: bytes
    login: str
    own: bytes

    @classmethod
    def of(
        cls, handle: Handle, role: Role, code_key: str, own: bytes, login: str = FIRST_LOGIN
    ) -> "SessionRecord":
        """Write down who is signed in, by which code (or none) and by which login."""
        return cls(bytes.fromhex(handle), role, bytes.fromhex(code_key), login, own)


class Sessions:
    """The sessions of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._secrets = backing.secrets
        self._lifetimes = backing.settings.lifetimes

    def handle_of(self, code: Code | CodeKeys) -> Handle:
        """Open a code's record.

        Raises
        ------
        UnknownCodeError
            If there is none, or another code's.
        """
        lock = self._secrets.code(code)
        sealed = self._backing.store.command("GET", self._backing.keys("c:", lock.key))
        try:
            return Handle(unseal(lock.seal, sealed or b"", context=b"code").hex())
        except VaultGoneError:
            raise UnknownCodeError from None

    def sign_in(self, code: Code | CodeKeys, *, now: datetime) -> str:
        """Open a session and end the person's earlier one.

        Raises
        ------
        UnknownCodeError
            If no place opens with this code.
        """
        try:
            handle = self.handle_of(code)
        except UnknownCodeError:
            handle = NOBODY  # asked for all the same: a code that never was takes as long
        head = self._backing.head(handle)
        if head is None:
            raise UnknownCodeError
        cookie = new_cookie()
        lock = self._secrets.code(code)
        record = SessionRecord.of(handle, head.role, lock.key, lock.own, login=new_id())
        mine = sealed_session(self._secrets, cookie, record)
        session = self._secrets.session(cookie).key
        ends = at(session_end(self._lifetimes, now))
        words = (session, mine, ends, handle, record.login)
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
        ends = at(session_end(self._lifetimes, now))
        visitor = Visitor(
            handle=Handle(record.handle.hex()),
            role=record.role,
            session_key=lock.key,
            code_key=record.code_key.hex() or None,
            own=record.own,
        )
        words = (visitor.handle, record.login, ends, *self._backing.way_back(visitor))
        head = head_from(_fields(self._backing.step("visit", *words, now=now)))
        if head is None:
            raise NoSessionError
        return visitor, head

    def keep_no_code(self, visitor: Visitor, cookie: str, *, now: datetime) -> None:
        """Let the session alone lead back, for as long as the place lives."""
        head = self._backing.head(visitor.handle)
        if head is None:
            raise PlaceGoneError
        record = SessionRecord.of(
            visitor.handle, visitor.role, "", visitor.own, login=head.login
        )
        sealed = sealed_session(self._secrets, cookie, record)
        words = (visitor.session_key, sealed, visitor.code_key or "", visitor.handle)
        self._backing.step("no_code", *words, now=now)


def session_end(lifetimes: Lifetimes, now: datetime) -> datetime:
    """Say when a session ends that nobody comes back to."""
    return rounded_up(now + lifetimes.session, VISIT_GRAIN)


def sealed_session(secrets: Secrets, cookie: str, record: SessionRecord) -> bytes:
    """Seal a session under its cookie."""
    key = secrets.session(cookie).seal
    return seal(key, msgpack.encode(record), context=b"session", size=SESSION_SIZE)


def _fields(answer: object) -> list[bytes]:
    return answer if isinstance(answer, list) else []
