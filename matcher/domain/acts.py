"""Acts of coordinators: what was done, and which of them one person cannot do alone.

An act names kinds, numbers and coordinators, never a person who seeks or helps.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NewType, Self

from matcher.domain.coordinator import CoordinatorId

ActId = NewType("ActId", str)

ALONE_WAITS = timedelta(hours=24)
"""How long an act waits where nobody else could say yes to it."""

ASKED_LASTS = timedelta(days=7)
"""An act that nobody has agreed to by then is forgotten."""

FIRST_SEAL = "0" * 64


class ActKind(StrEnum):
    """What coordinators do; the value stands in the log for good."""

    JOIN = "join"
    CHANGE_PASSPHRASE = "change-passphrase"  # noqa: S105 - a name
    RENEW_DIGITS = "renew-digits"
    RECOVER = "recover-coordinator"
    GET_BACK_IN = "get-back-in"
    KEEP_ACCOUNT = "keep-account"
    ADD_PASSKEY = "add-passkey"
    REMOVE_PASSKEY = "remove-passkey"
    INVITE = "invite-coordinator"
    REMOVE = "remove-coordinator"
    MAKE_OWNER = "make-owner"
    MAKE_COORDINATOR = "make-coordinator"
    INVITE_PEERS = "invite-peers"
    INVITE_MORE = "invite-more"
    REVOKE_BATCH = "revoke-batch"
    OPEN_NOTES = "open-notes"
    ANSWER_NOTE = "answer-note"
    PUBLISH_RULES = "publish-rules"
    LOOSEN_RULES = "loosen-rules"
    TRY_RULES = "try-rules"
    TRY_LOOSE_RULES = "try-loose-rules"
    END_TRIAL = "end-trial"
    PAUSE = "pause-suggestions"
    OPEN_REPORT = "open-report"
    DECIDE_REPORT = "decide-report"
    RELEASE = "release"
    PUT_UP_NOTICE = "put-up-notice"
    TAKE_DOWN_NOTICE = "take-down-notice"
    SAVE_SERVICE = "save-service"
    HIDE_SERVICE = "hide-service"
    PUBLISH_SERVICE = "publish-service"
    CHECK_SERVICE = "check-service"
    TAKE_SERVICE_AWAY = "take-service-away"
    CLOSE_POOL = "close-pool"
    OPEN_POOL = "open-pool"
    ADD_CARD = "add-card"
    TAKE_CARD_AWAY = "take-card-away"


LOOSENING = frozenset(
    {
        ActKind.INVITE,
        ActKind.REMOVE,
        ActKind.RECOVER,
        ActKind.MAKE_OWNER,
        ActKind.MAKE_COORDINATOR,
        ActKind.INVITE_MORE,
        ActKind.LOOSEN_RULES,
        ActKind.TRY_LOOSE_RULES,
        ActKind.RELEASE,
        ActKind.PUBLISH_SERVICE,
        ActKind.OPEN_POOL,
    }
)
"""What makes the network less safe if one person errs, or is forced: it takes a second yes."""


class Step(StrEnum):
    """What became of an act."""

    ASKED = "asked"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act that somebody asked for; `about` is the coordinator it concerns, if it does.

    The one it is about has no say in it.
    """

    id: ActId
    kind: ActKind
    who: CoordinatorId
    at: datetime
    about: CoordinatorId | None = None
    what: Mapping[str, str] = field(default_factory=dict)

    def ends(self) -> datetime:
        """Say until when others may agree."""
        return self.at + ASKED_LASTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An act that is being carried out just now; `by` said the last yes to it."""

    act: Act
    by: CoordinatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the audit log; `seal` binds it to all that were written before."""

    at: datetime
    who: CoordinatorId
    kind: ActKind
    step: Step
    act: ActId
    about: CoordinatorId | None
    what: Mapping[str, str]
    seal: str = ""

    def sealed(self, before: str) -> Self:
        """Bind this line to the one before it."""
        return replace(self, seal=self._hash(before))

    def follows(self, before: str) -> bool:
        """Tell whether this is the line that was written after that one."""
        return self.seal == self._hash(before)

    def _hash(self, before: str) -> str:
        told = (self.at.isoformat(), self.who, self.kind, self.step, self.act, self.about or "")
        words = [before, *told, *(w for pair in sorted(self.what.items()) for w in pair)]
        lengths = "".join(f"{len(word)}:{word}" for word in words)
        return sha256(lengths.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The audit log, the acts that wait, and those that are being carried out just now."""

    entries: tuple[Entry, ...] = ()
    asked: tuple[Act, ...] = ()
    begun: tuple[Begun, ...] = ()

    def noted(self, act: Act, step: Step, *, by: CoordinatorId, at: datetime) -> Self:
        """Write a line of the log."""
        line = Entry(
            at=at.replace(second=0, microsecond=0),
            who=by,
            kind=act.kind,
            step=step,
            act=act.id,
            about=act.about,
            what=act.what,
        )
        before = self.entries[-1].seal if self.entries else FIRST_SEAL
        return replace(self, entries=(*self.entries, line.sealed(before)))

    def find(self, act: ActId, *, now: datetime) -> Act | None:
        """Find an act that still waits."""
        return next((one for one in self.waiting(now=now) if one.id == act), None)

    def waiting(self, *, now: datetime) -> tuple[Act, ...]:
        """List the acts that somebody may still agree to."""
        return tuple(one for one in self.asked if now < one.ends())

    def first_fault(self) -> int | None:
        """Find the first line that does not follow from those before it, counted from one."""
        before = FIRST_SEAL
        for nth, entry in enumerate(self.entries, start=1):
            if not entry.follows(before):
                return nth
            before = entry.seal
        return None
