"""Capsules: what each side of a room keeps, so that it can report the other, also later.

A capsule holds the other side's handle, sealed under a secret that only its owner's code or
open session leads to (`Visitor.own`), and under the vault. So nobody who holds the store, the
vault and the coordinators' key can open one; its owner's visit can, with a place or without.
Its name derives from the same secret, and stands neither in the room nor at a handle: nothing
leads from a room to its capsules, and nobody else's erasing takes one away.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import SystemRandom

from msgspec import Struct, msgpack

from matcher.domain.errors import VaultGoneError
from matcher.domain.profile import Handle, Role
from matcher.domain.report import CapsuleId, ReportId
from matcher.store.backing import Backing, at
from matcher.store.clock import rounded_up
from matcher.store.sealing import derive, seal, sealed_size, unseal
from matcher.store.secrets import HANDLE_BYTES

NAMES = 64  # more than anybody begins and ends conversations in a week
TRIED = 4  # of a person's free names: two rooms that open at once take one each
CAPSULE_SIZE = 96
GRAINS_A_LIFE = 7
"""Capsules end on whole days (a seventh of what they live), which tell no room's end."""

_LEFT_SIZE = sealed_size(CAPSULE_SIZE) + TRIED * 2 * HANDLE_BYTES + 32
_A_MOMENT = timedelta(seconds=1)
_INNER = b"capsule"


class CapsuleRecord(Struct, frozen=True, array_like=True):
    """What a capsule holds: the other side, and the report that was made of it, if any."""

    handle: str
    role: Role
    report: str = ""


class LeftRecord(Struct, frozen=True, array_like=True):
    """What a peer's yes leaves with an offer, for the room that may come of it."""

    names: tuple[str, ...]
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A capsule that its owner has opened; `raw` is what the store holds, byte by byte."""

    id: CapsuleId
    until: datetime
    other: Handle
    role: Role
    report: ReportId | None
    raw: bytes


class Capsules:
    """The capsules of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._store = backing.store
        self._keys = backing.keys
        self._lives = backing.settings.lifetimes.capsule

    def leave(self, own: bytes, seeker: Handle, *, until: datetime) -> bytes:
        """Prepare a peer's capsule at their yes, when their secret is there.

        It stays with the offer, sealed until `until`; what it holds opens to them alone.
        """
        record = LeftRecord(self._free(own), _sealed(own, CapsuleRecord(seeker, Role.SEEKER)))
        context = self._context("left")
        packed = msgpack.encode(record)
        return self._backing.vault.seal(packed, until=until, context=context, size=_LEFT_SIZE)

    def taken_up(self, left: bytes, *, room_ends: datetime) -> tuple[str, bytes]:
        """Turn what a peer left into their capsule: names to try, and what it holds."""
        try:
            plain = self._backing.vault.unseal(left, context=self._context("left"))
        except VaultGoneError:
            return "", b""
        record = msgpack.decode(plain, type=LeftRecord)
        return ",".join(record.names), self._kept(record.sealed, self.end(room_ends))

    def made(self, own: bytes, peer: Handle, *, room_ends: datetime) -> tuple[str, bytes]:
        """Make a seeker's capsule at their yes: names to try, and what it holds."""
        sealed = _sealed(own, CapsuleRecord(peer, Role.PEER))
        return ",".join(self._free(own)), self._kept(sealed, self.end(room_ends))

    def end(self, room_ends: datetime) -> datetime:
        """Say when the capsules of a room end that ends so."""
        return rounded_up(room_ends + self._lives, self._lives / GRAINS_A_LIFE)

    def of(self, own: bytes, *, now: datetime) -> tuple[Found, ...]:
        """Open all capsules of one person."""
        there = [(name, raw) for name, raw in self._slots(own) if raw is not None]
        left = self._store.commands([("PTTL", self._keys("k:", name)) for name, _ in there])
        ends = (now + timedelta(milliseconds=millis) for millis in left)
        found = (
            self._opened(own, name, raw, until)
            for (name, raw), until in zip(there, ends, strict=True)
        )
        return tuple(one for one in found if one is not None)

    def keep(self, own: bytes, other: Handle, *, room_ends: datetime, now: datetime) -> None:
        """Let a capsule last as long as its room that lives on, and its time after that."""
        end = self.end(room_ends)
        for one in self.of(own, now=now):
            if one.other == other and one.until < end - _A_MOMENT:
                inner = self._backing.vault.unseal(one.raw, context=self._context("kept"))
                words = (one.id, one.raw, self._kept(inner, end), at(end))
                self._backing.step("keep_capsule", *words, now=now)

    def forget_all(self, own: bytes) -> None:
        """Let all capsules of one person go: only they can ask for that."""
        names = [self._keys("k:", name) for name, raw in self._slots(own) if raw is not None]
        if names:
            self._store.command("DEL", *names)

    def told(self, own: bytes, found: Found, report: ReportId, *, end: datetime) -> bytes:
        """Say what a capsule holds once a report was made with it."""
        return self._kept(_sealed(own, CapsuleRecord(found.other, found.role, report)), end)

    def _slots(self, own: bytes) -> list[tuple[CapsuleId, bytes | None]]:
        if not own:  # a visit that leads to no secret has no names either
            return []
        names = list(names_of(own))
        raws = self._store.command("MGET", *(self._keys("k:", name) for name in names))
        return list(zip(names, raws, strict=True))

    def _free(self, own: bytes) -> tuple[CapsuleId, ...]:
        free = [name for name, raw in self._slots(own) if raw is None]
        return tuple(SystemRandom().sample(free, min(TRIED, len(free))))

    def _kept(self, inner: bytes, end: datetime) -> bytes:
        return self._backing.vault.seal(
            inner, until=end, context=self._context("kept"), size=len(inner)
        )

    def _opened(self, own: bytes, name: CapsuleId, raw: bytes, until: datetime) -> Found | None:
        try:
            inner = self._backing.vault.unseal(raw, context=self._context("kept"))
            plain = unseal(_key(own), inner, context=_INNER)
        except VaultGoneError:
            return None
        record = msgpack.decode(plain, type=CapsuleRecord)
        return Found(
            id=name,
            until=until,
            other=Handle(record.handle),
            role=record.role,
            report=ReportId(record.report) if record.report else None,
            raw=raw,
        )

    def _context(self, state: str) -> bytes:
        return f"capsule {state} {self._keys.prefix}".encode()


def names_of(own: bytes) -> Iterator[CapsuleId]:
    """Name all the capsules one person can have; no two names show whose they are."""
    secret = derive(own, "capsules")
    for nth in range(NAMES):
        whole = hmac.digest(secret, nth.to_bytes(2, "big"), "sha256")
        yield CapsuleId(whole[:HANDLE_BYTES].hex())


def _key(own: bytes) -> bytes:
    return derive(own, "capsule")


def _sealed(own: bytes, record: CapsuleRecord) -> bytes:
    return seal(_key(own), msgpack.encode(record), context=_INNER, size=CAPSULE_SIZE)
