"""A report: what one side of a conversation tells the team about the other."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from matcher.domain.lines import Line
from matcher.domain.profile import Role

ReportId = NewType("ReportId", str)
CapsuleId = NewType("CapsuleId", str)

REST_DECIDED = timedelta(days=7)
WARNED_FOR = timedelta(days=14)


class Category(StrEnum):
    """What happened, in one word; nobody is asked to describe it."""

    UNSAFE = "unsafe"
    CONTACT = "contact"
    SEX = "sex"
    MONEY = "money"
    THREAT = "threat"
    UNKIND = "unkind"
    PREACHING = "preaching"
    OTHER = "other"

    @property
    def is_serious(self) -> bool:
        """Whoever was told about is suggested to nobody until a coordinator has decided."""
        return self not in {Category.UNKIND, Category.PREACHING, Category.OTHER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What somebody tells the team: what happened, and the lines they ticked, or none."""

    category: Category
    lines: tuple[Line, ...] = ()


class Decision(StrEnum):
    """What a coordinator does about a report."""

    DISMISS = "dismiss"
    WARN = "warn"
    REST = "rest"
    SUSPEND = "suspend"
    REVOKE = "revoke"


class ReportState(StrEnum):
    """What has become of a report, as whoever made it reads it."""

    SENT = "sent"
    SEEN = "seen"
    ACTED = "acted"

    @classmethod
    def after(cls, decision: Decision) -> "ReportState":
        """Say what a decision leaves to be read."""
        return cls.SEEN if decision is Decision.DISMISS else cls.ACTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Capsule:
    """What lets one side tell the team about a conversation until `until`, also after its end.

    `state` is None as long as nothing was told.
    """

    id: CapsuleId
    until: datetime
    state: ReportState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReport:
    """A report that waits for a decision, as it lies in the queue."""

    id: ReportId
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReport:
    """A report as a coordinator reads it; whose it is, and whom it is about, stays unsaid."""

    id: ReportId
    until: datetime
    category: Category
    about: Role
    lines: tuple[Line, ...] = ()
