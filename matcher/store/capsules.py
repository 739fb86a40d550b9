"""Capsules: what each side of a room keeps, so that it can report the other, also later.

A capsule holds the other side's handle, sealed under a secret that only its owner's code or
open session leads to (`Visitor.own`), and under the vault. So nobody who holds the store, the
vault and the coordinators' key can open one; its owner's visit can, with a place or without.
Its name derives from the same secret, and stands neither in the room nor at a handle: nothing
leads from a room to its capsules, and nobody else's erasing takes one away.

Every capsule ends as long after its room's beginning as any other, so that its end tells
neither of which kind the room was nor how long it went on. Whom it leads to is sealed once
more, under half of the key, which stands by itself and ends a while after the room's real end:
after that no capsule of it leads anybody to anybody.
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha1
from secrets import SystemRandom, token_bytes

from msgspec import Struct, msgpack

from matcher.domain.errors import VaultGoneError
from matcher.domain.offer import OfferId
from matcher.domain.profile import Handle, Role
from matcher.domain.report import CapsuleId, ReportId
from matcher.store.backing import Backing
from matcher.store.bounds import capsule_most
from matcher.store.clock import rounded_up
from matcher.store.sealing import KEY_BYTES, derive, seal, sealed_size, unseal
from matcher.store.secrets import HANDLE_BYTES

NAMES = 64  # more than anybody begins and ends conversations in a week
TRIED = 4  # of a person's free names: two rooms that open at once take one each
OTHER_SIZE = 48
CAPSULE_SIZE = 112

_LEFT_SIZE = sealed_size(CAPSULE_SIZE) + KEY_BYTES + TRIED * 2 * HANDLE_BYTES + 32
_INNER, _OTHER = b"capsule", b"other side"


class OtherRecord(Struct, frozen=True, array_like=True):
    """Whom a capsule leads to."""

    handle: str
    role: Role


class CapsuleRecord(Struct, frozen=True, array_like=True):
    """What a capsule holds: where half of its key is, and the other side; or a report."""

    tell: bytes = b""
    other: bytes = b""
    report: str = ""


class LeftRecord(Struct, frozen=True, array_like=True):
    """What a peer's yes leaves with an offer, for the room that may come of it."""

    names: tuple[str, ...]
    sealed: bytes
    half: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What lets both sides of a new room tell the team about it.

    `half` of the key to both capsules, free names for each, what it holds, and when it ends.
    """

    half: bytes
    capsules: Mapping[Role, tuple[str, bytes]]
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A capsule that its owner has opened: until when they can tell, and when it ends.

    `raw` is what the store holds, byte by byte.
    """

    id: CapsuleId
    until: datetime
    end: datetime
    other: Handle
    role: Role
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A capsule that has become a report, and leads to nobody any more."""

    id: CapsuleId
    report: ReportId


class Capsules:
    """The capsules of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._store = backing.store
        self._keys = backing.keys
        self._lifetimes = backing.settings.lifetimes

    def leave(self, own: bytes, seeker: Handle, offer: OfferId, *, until: datetime) -> bytes:
        """Prepare a peer's capsule at their yes, when their secret is there.

        It stays with the offer, sealed until `until`; what it holds opens to them alone.
        """
        half = token_bytes(KEY_BYTES)
        inner = _sealed(own, _leading_to(OtherRecord(seeker, Role.SEEKER), offer, half))
        packed = msgpack.encode(LeftRecord(self._free(own), inner, half))
        context = self._context("left")
        return self._backing.vault.seal(packed, until=until, context=context, size=_LEFT_SIZE)

    def begin(
        self, own: bytes, peer: Handle, offer: OfferId, *, left: bytes, now: datetime
    ) -> Means:
        """Make a seeker's capsule at their yes, and take up what the peer's has left."""
        end = self.end(now)
        half, theirs = self._taken_up(left, end)
        inner = _sealed(own, _leading_to(OtherRecord(peer, Role.PEER), offer, half))
        mine = ",".join(self._free(own)), self._kept(inner, end)
        return Means(half=half, capsules={Role.SEEKER: mine, Role.PEER: theirs}, end=end)

    def end(self, now: datetime) -> datetime:
        """Say when the capsules of a room end that begins now."""
        grain = self._lifetimes.capsule
        return rounded_up(now + capsule_most(self._lifetimes) - grain, grain)

    def untold(self, own: bytes, *, now: datetime) -> tuple[Untold, ...]:
        """Open all capsules of one person with which they can tell the team."""
        found = [(name, raw, record) for name, raw, record in self._all(own) if record.tell]
        halves = [self._keys("tell:", record.tell.hex()) for _, _, record in found]
        names = [self._keys("k:", name) for name, _, _ in found]
        there = self._store.commands([("GET", key) for key in halves])
        left = self._store.commands([("PTTL", key) for key in (*halves, *names)])
        moments = [now + timedelta(milliseconds=millis) for millis in left]
        ends = zip(moments[: len(found)], moments[len(found) :], strict=True)
        return tuple(
            _opened(*capsule, half=half, ends=both)
            for capsule, half, both in zip(found, there, ends, strict=True)
            if half is not None
        )

    def told(self, own: bytes) -> tuple[Told, ...]:
        """Name the reports that one person's capsules have become."""
        return tuple(
            Told(id=name, report=ReportId(record.report))
            for name, _, record in self._all(own)
            if record.report
        )

    def used(self, own: bytes, found: Untold, report: ReportId) -> bytes:
        """Say what a capsule holds once a report was made with it: not whom it was about."""
        return self._kept(_sealed(own, CapsuleRecord(report=report)), found.end)

    def forget_all(self, own: bytes) -> None:
        """Let all capsules of one person go: only they can ask for that."""
        self._forget([name for name, raw in self._slots(own) if raw is not None])

    def _forget(self, names: Sequence[CapsuleId]) -> None:
        if names:
            self._store.command("DEL", *(self._keys("k:", name) for name in names))

    def _taken_up(self, left: bytes, end: datetime) -> tuple[bytes, tuple[str, bytes]]:
        """Turn what a peer left into half of a key, and their capsule."""
        try:
            plain = self._backing.vault.unseal(left, context=self._context("left"))
        except VaultGoneError:
            return token_bytes(KEY_BYTES), ("", b"")
        record = msgpack.decode(plain, type=LeftRecord)
        return record.half, (",".join(record.names), self._kept(record.sealed, end))

    def _slots(self, own: bytes) -> list[tuple[CapsuleId, bytes | None]]:
        if not own:  # a visit that leads to no secret has no names either
            return []
        names = list(names_of(own))
        raws = self._store.command("MGET", *(self._keys("k:", name) for name in names))
        return list(zip(names, raws, strict=True))

    def _free(self, own: bytes) -> tuple[CapsuleId, ...]:
        """Draw names that nothing has, or else nothing that can still be used."""
        free = [name for name, raw in self._slots(own) if raw is None]
        if own and len(free) < TRIED:
            over = self._over(own)
            self._forget(over)
            free += over
        return tuple(SystemRandom().sample(free, min(TRIED, len(free))))

    def _over(self, own: bytes) -> list[CapsuleId]:
        """Name a person's capsules with which nothing can be told, and nothing read."""
        found = [(name, record) for name, _, record in self._all(own)]
        keys = (
            self._keys("tell:", record.tell.hex())
            if record.tell
            else self._keys("report:", record.report)
            for _, record in found
        )
        there = self._store.commands([("EXISTS", key) for key in keys])
        return [name for (name, _), is_there in zip(found, there, strict=True) if not is_there]

    def _all(self, own: bytes) -> Iterator[tuple[CapsuleId, bytes, CapsuleRecord]]:
        for name, raw in self._slots(own):
            if raw is None:
                continue
            with suppress(VaultGoneError):
                inner = self._backing.vault.unseal(raw, context=self._context("kept"))
                plain = unseal(_key(own), inner, context=_INNER)
                yield name, raw, msgpack.decode(plain, type=CapsuleRecord)

    def _kept(self, inner: bytes, end: datetime) -> bytes:
        return self._backing.vault.seal(
            inner, until=end, context=self._context("kept"), size=len(inner)
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


def _leading_to(other: OtherRecord, offer: OfferId, half: bytes) -> CapsuleRecord:
    """Seal whom a capsule leads to; where its half is, the Lua steps name in the same way."""
    sealed = seal(half, msgpack.encode(other), context=_OTHER, size=OTHER_SIZE)
    return CapsuleRecord(sha1(f"tell{offer}".encode(), usedforsecurity=False).digest(), sealed)


def _opened(
    name: CapsuleId,
    raw: bytes,
    record: CapsuleRecord,
    *,
    half: bytes,
    ends: tuple[datetime, datetime],
) -> Untold:
    plain = unseal(half, record.other, context=_OTHER)
    other = msgpack.decode(plain, type=OtherRecord)
    return Untold(
        id=name,
        until=ends[0],
        end=ends[1],
        other=Handle(other.handle),
        role=other.role,
        raw=raw,
    )
