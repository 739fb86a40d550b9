"""A place: what somebody's stay here looks like to themselves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from matcher.domain.profile import Handle, Role


class PlaceState(StrEnum):
    """Where somebody stands just now.

    A seeker waits, is paused, talks, or has talked; a peer is here, away, resting or paused, or
    is asked nothing until what they changed counts. The team holds whom it looks into.
    """

    WAITING = "waiting"
    PAUSED = "paused"
    TALKING = "talking"
    ENDED = "ended"
    HERE = "here"
    AWAY = "away"
    RESTING = "resting"
    CHANGING = "changing"
    HELD = "held"


class CheckIn(StrEnum):
    """How long a peer can be reached from now on."""

    HALF_HOUR = "half-hour"
    TWO_HOURS = "two-hours"
    TODAY = "today"
    DAILY = "daily"
    FEW_DAYS = "few-days"

    @property
    def lasts(self) -> timedelta:
        """For how long the peer is matched without another visit."""
        return _LASTS[self]

    @property
    def is_live(self) -> bool:
        """The peer sits in front of it now."""
        return self in {CheckIn.HALF_HOUR, CheckIn.TWO_HOURS}


_LASTS = {
    CheckIn.HALF_HOUR: timedelta(minutes=30),
    CheckIn.TWO_HOURS: timedelta(hours=2),
    CheckIn.TODAY: timedelta(hours=12),
    CheckIn.DAILY: timedelta(days=3),
    CheckIn.FEW_DAYS: timedelta(days=10),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody who is signed in; `code_key` is None when they keep no code.

    `own` is a secret that only their code or this session leads to: it stands in no store.
    """

    handle: Handle
    role: Role
    session_key: str
    code_key: str | None
    own: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the person's own page says.

    `since` is coarse; `until` may move on to `last_end` and never past it. `load` counts a
    peer's open suggestions and conversations, `missed` what they let pass. `is_week_full`: they
    were here live for all the hours of a week. `is_warned`: the team asks for more care. From
    `counts_from` on all they said counts.
    """

    role: Role
    state: PlaceState
    since: datetime
    until: datetime
    last_end: datetime
    here_until: datetime | None = None
    rest_until: datetime | None = None
    counts_from: datetime | None = None
    capacity: int = 0
    load: int = 0
    missed: int = 0
    is_week_full: bool = False
    is_warned: bool = False
