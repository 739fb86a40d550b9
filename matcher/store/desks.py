"""Coordinators' sessions: one a person, sealed under its cookie, gone when it stays unused."""

from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct, msgpack

from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import NoSessionError, VaultGoneError
from matcher.store.backing import Backing, at
from matcher.store.clock import rounded_up
from matcher.store.keys import DESK_IDLE, DESK_MOST, DESK_SURE, MINUTE
from matcher.store.sealing import seal, unseal
from matcher.store.secrets import new_cookie, new_id

DESK_SIZE = 96
_SURE = 2


class DeskRecord(Struct, frozen=True, array_like=True):
    """What a session holds, sealed under its cookie."""

    who: str
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who is signed in, and whether they gave their passphrase within the last minutes."""

    who: CoordinatorId
    is_sure: bool


class Desks:
    """The sessions of one pool's coordinators."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._secrets = backing.secrets

    def open(self, who: CoordinatorId, *, now: datetime) -> str:
        """Open a session; the same person's earlier one ends."""
        cookie, login = new_cookie(), new_id()
        lock = self._secrets.session(cookie)
        record = msgpack.encode(DeskRecord(who, login))
        sealed = seal(lock.seal, record, context=b"desk", size=DESK_SIZE)
        ends = at(rounded_up(now + DESK_IDLE, MINUTE)), at(rounded_up(now + DESK_MOST, MINUTE))
        mine = self._secrets.coordinator(who), login
        self._backing.step("open_desk", lock.key, sealed, *mine, *ends, now=now)
        return cookie

    def visit(self, cookie: str, *, now: datetime) -> Desk:
        """Find who holds this cookie, and let their session live on.

        Raises
        ------
        NoSessionError
            If it is over, or the same person has signed in elsewhere since.
        """
        key, record = self._record(cookie)
        mine = self._secrets.coordinator(CoordinatorId(record.who)), record.login
        ends = at(rounded_up(now + DESK_IDLE, MINUTE))
        found = self._backing.step("visit_desk", key, *mine, ends, now=now)
        if not found:
            raise NoSessionError
        return Desk(who=CoordinatorId(record.who), is_sure=found == _SURE)

    def make_sure(self, cookie: str, *, now: datetime) -> None:
        """Remember for some minutes that the passphrase was given."""
        key = self._secrets.session(cookie).key
        self._backing.step("sure_desk", key, at(now + DESK_SURE), now=now)

    def close(self, cookie: str) -> None:
        """End a session."""
        key = self._secrets.session(cookie).key
        self._backing.store.command("DEL", self._backing.keys("desk:", key))

    def _record(self, cookie: str) -> tuple[str, DeskRecord]:
        lock = self._secrets.session(cookie)
        name = self._backing.keys("desk:", lock.key)
        sealed = self._backing.store.command("HGET", name, "sealed")
        try:
            plain = unseal(lock.seal, sealed or b"", context=b"desk")
        except VaultGoneError:
            raise NoSessionError from None
        return lock.key, msgpack.decode(plain, type=DeskRecord)
