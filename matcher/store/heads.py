"""The head of a handle: what stands in clear about somebody, as the Lua steps keep it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from matcher.domain.profile import Role
from matcher.store.vault import day_of

DAYS_COUNTED = 7
MINUTES = 60  # of an hour
LEAST_CHECK_IN = 10  # minutes: check-ins end on whole ten of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The fields of `h:`; moments that are not set are None.

    From `counts_from` on all counts that a peer said; until then, `is_quiet` asks them nothing.
    Until `held_until` the team lets nobody be suggested to them.
    """

    role: Role
    state: str
    version: int
    login: str
    stint: int
    age: str
    since: datetime
    until: datetime
    stay: datetime
    last_end: datetime
    offer: str | None
    offer_until: datetime | None
    room: str | None
    here_until: datetime | None
    rest_until: datetime | None
    seen: datetime | None
    is_live: bool
    capacity: int
    missed: int
    scope: frozenset[str]
    has_been_here: bool
    counts_from: datetime | None
    is_quiet: bool
    held_until: datetime | None = None
    warned_until: datetime | None = None
    hours: str = ""

    def has_used_up(self, hours_a_week: int, now: datetime) -> bool:
        """Tell whether a peer was here live for all the hours that rules give seven days."""
        today = day_of(now)
        written = (part.split(":") for part in self.hours.split(",") if part)
        spent = sum(int(many) for day, many in written if int(day) > today - DAYS_COUNTED)
        return MINUTES * hours_a_week - spent < LEAST_CHECK_IN


def head_from(raw: Mapping[bytes, bytes] | Sequence[bytes]) -> Head | None:
    """Read what HGETALL or a step returned; None where there is nobody."""
    pairs = raw.items() if isinstance(raw, Mapping) else zip(raw[::2], raw[1::2], strict=True)
    found = {name.decode(): value.decode() for name, value in pairs}
    if "role" not in found:
        return None
    return Head(
        role=Role(found["role"]),
        state=found["state"],
        version=int(found["version"]),
        login=found["login"],
        stint=int(found["stint"]),
        age=found["age"],
        since=_moment(found["since"]),
        until=_moment(found["until"]),
        stay=_moment(found["stay"]),
        last_end=_moment(found["last_end"]),
        offer=found.get("offer"),
        offer_until=_some_moment(found.get("offer_until")),
        room=found.get("room"),
        here_until=_some_moment(found.get("here_until")),
        rest_until=_some_moment(found.get("rest_until")),
        seen=_some_moment(found.get("seen")),
        is_live=found.get("live") == "1",
        capacity=int(found.get("capacity", 0)),
        missed=int(found.get("missed", 0)),
        scope=frozenset(found.get("scope", "").split(",")) - {""},
        has_been_here="here_until" in found,
        counts_from=_some_moment(found.get("counts_from")),
        hours=found.get("hours", ""),
        is_quiet=found.get("quiet") == "1",
        held_until=_last_end(found.get("holds", "")),
        warned_until=_some_moment(found.get("warned")),
    )


def _moment(written: str) -> datetime:
    return datetime.fromtimestamp(float(written), UTC)


def _last_end(holds: str) -> datetime | None:
    ends = (hold.partition(":")[2] for hold in holds.split(",") if hold)
    return max(map(_moment, ends), default=None)


def _some_moment(written: str | None) -> datetime | None:
    return _moment(written) if written and float(written) else None
