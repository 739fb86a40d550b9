"""A coordinator: somebody of the network who tends rules and safety, and sees no person."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NewType, Self

from matcher.domain.errors import ProofsChangedError

CoordinatorId = NewType("CoordinatorId", str)

OPERATOR = CoordinatorId("")
"""Whoever sits at a terminal of the machine, who needs no account."""

ITSELF = CoordinatorId("itself")
"""What ends a trial of rules that nobody has ended."""

LEAST_NAME, MOST_NAME = 2, 40


class Rank(StrEnum):
    """What a coordinator may do: an owner also says who is one."""

    COORDINATOR = "coordinator"
    OWNER = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseLock:
    """What is kept of a passphrase: a proof of it, and the second secret that it unlocks."""

    salt: bytes
    proof: bytes = field(repr=False)
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """The public half of a key that stays in somebody's device, and the name of our site.

    `count` is how often the device says it was used; some always say 0.
    """

    id: bytes
    public: bytes
    site: str
    count: int

    @property
    def mark(self) -> str:
        """Name it on pages."""
        return sha256(self.id).hexdigest()[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinator:
    """One account; digits of a time step up to `last_step` are never taken again."""

    id: CoordinatorId
    name: str
    rank: Rank
    lock: PassphraseLock
    last_step: int = 0
    passkeys: tuple[Passkey, ...] = ()

    def unchanged(self, lock: PassphraseLock) -> Self:
        """Raise ProofsChangedError unless this account is still opened by `lock`."""
        if self.lock != lock:
            raise ProofsChangedError
        return self

    def with_passkey(self, key: Passkey) -> Self:
        """Add a passkey, or put it in the place of what it was."""
        return replace(self, passkeys=(*self.without_passkey(key.id).passkeys, key))

    def without_passkey(self, key: bytes) -> Self:
        """Take a passkey out."""
        return replace(self, passkeys=tuple(one for one in self.passkeys if one.id != key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a one-time code lets somebody become; the code itself is kept nowhere.

    One with `whom` gives an account back: whoever has it chooses new proofs for that one. It
    opens nothing any more once the account `by` whom it was asked for is removed.
    """

    rank: Rank
    until: datetime
    whom: CoordinatorId | None = None
    by: CoordinatorId = OPERATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everybody with an account, and the codes that nobody has used yet, by their hashes."""

    coordinators: tuple[Coordinator, ...] = ()
    openings: Mapping[str, Opening] = field(default_factory=dict)

    def named(self, name: str) -> Coordinator | None:
        """Find somebody by the name they sign in with."""
        wanted = plain_name(name)
        return next((c for c in self.coordinators if plain_name(c.name) == wanted), None)

    def of(self, who: CoordinatorId) -> Coordinator | None:
        """Find somebody by what the audit log calls them."""
        return next((c for c in self.coordinators if c.id == who), None)

    def with_one(self, one: Coordinator) -> Self:
        """Put somebody in, or in the place of what they were."""
        others = self.without(one.id).coordinators
        return replace(self, coordinators=(*others, one))

    def without(self, who: CoordinatorId) -> Self:
        """Take somebody out, and the codes that they have asked for."""
        kept = tuple(c for c in self.coordinators if c.id != who)
        left = {key: one for key, one in self.openings.items() if one.by != who}
        return replace(self, coordinators=kept, openings=left)

    def opened(self, code: str, opening: Opening) -> Self:
        """Let a code be used, by its hash."""
        return replace(self, openings={**self.openings, code: opening})

    def is_asked_for(self, who: CoordinatorId, *, now: datetime) -> bool:
        """Tell whether a code is out that gives somebody's account to whoever has it."""
        return any(one.whom == who and now < one.until for one in self.openings.values())

    def kept_by(self, who: CoordinatorId) -> Self:
        """Let no code give somebody's account away."""
        left = {key: one for key, one in self.openings.items() if one.whom != who}
        return replace(self, openings=left)

    def closed(self, code: str, *, now: datetime) -> Self:
        """Let a code, and all that have ended, be used no more."""
        left = {k: o for k, o in self.openings.items() if k != code and o.until > now}
        return replace(self, openings=left)


def plain_name(name: str) -> str:
    """Drop what makes no difference between two names."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
