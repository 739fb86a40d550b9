"""Previews: two versions of rules, tried on drawn people or on those who wait."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_SEEKERS, MOST_PEERS = 10_000, 3_000
MOST_FACTOR = 10.0
MOST_MINORS = 0.5
LEAST = 11
SIDES = ("before", "after")
FLOOR, WISHES = "floor", "wishes"
"""What keeps pairs apart besides barriers: too little in common, wishes hardly anybody fits."""

Tables = dict[str, dict[str, int | None]]
"""Covered counts: table, cell, count; None where few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """People to be drawn: of nobody, so all about them may be told.

    How many times as often as usual seekers are drawn: by the group of needs that matters most
    to them (`mix`), by each of the `languages` they speak, from 18 to 25 (`young`), with a need
    where formal help comes first (`burdened`). `minors`: the share under 18 of both sides.
    """

    seekers: int = 1_000
    peers: int = 300
    mix: Mapping[str, float] = field(default_factory=dict)
    languages: Mapping[str, float] = field(default_factory=dict)
    young: float = 1.0
    burdened: float = 1.0
    minors: float = 0.0

    @property
    def factors(self) -> tuple[float, ...]:
        """List every factor there is."""
        return (*self.mix.values(), *self.languages.values(), self.young, self.burdened)

    @property
    def is_usual(self) -> bool:
        """Tell whether nobody is drawn more or less often than usual."""
        return all(factor == 1 for factor in self.factors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What becomes in one round of those whom one group of needs matters most to."""

    matched: int
    asked: int

    @property
    def rate(self) -> float:
        """The share who find somebody."""
        return self.matched / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one round by one version of rules does for drawn people.

    `score` is the mean of all pairs; `days_matched` and `days_left` for how long those have
    waited on average; `waits` how many of who is left, by how long; `load` how many peers get
    so many suggestions; `blocked` how many pairs one thing alone keeps apart: barriers,
    `FLOOR`, `WISHES`.
    """

    seekers: int
    peers: int
    matched: int
    score: float
    days_matched: float
    days_left: float
    waits: Mapping[str, int]
    load: Mapping[str, int]
    groups: Mapping[str, Group]
    blocked: Mapping[str, int]

    @property
    def rate(self) -> float:
        """The share of seekers who find somebody."""
        return self.matched / self.seekers if self.seekers else 0.0

    @property
    def worst(self) -> str | None:
        """The group that finds somebody least often, of those that say more than chance."""
        told = {name: one.rate for name, one in self.groups.items() if one.asked >= LEAST}
        return min(told, key=lambda name: told[name], default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a preview shows: `drawn` before and after, or covered counts of the `live` pool.

    Names of covered tables begin with "before." and "after."; none at all where the day's
    questions are used up. `off_by`: how far the noise moves one cell, its standard deviation.
    `crowd`: whom those who were drawn were to be like.
    """

    drawn: tuple[Outcome, Outcome] | None = None
    crowd: Crowd | None = None
    live: Tables | None = None
    off_by: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What becomes of one group from one version to the other, as shares.

    None where few were drawn, or where a count is hidden of those who wait.
    """

    group: str
    before: float | None
    after: float | None

    @property
    def gain(self) -> float | None:
        """By how much more of them find somebody; None where that is not told."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def moved(compared: Compared) -> tuple[Moved, ...]:
    """Say which groups gain and which lose, those that gain most first."""
    if compared.drawn:
        before, after = map(_rates, compared.drawn)
    else:
        tables = compared.live or {}
        before, after = (_shares(tables, side) for side in SIDES)
    found = [Moved(group=name, before=before[name], after=after.get(name)) for name in before]
    return tuple(sorted(found, key=lambda one: (-(one.gain or 0), one.group)))


def overall(tables: Tables, side: str) -> float | None:
    """Make the share of all who find somebody, of covered totals."""
    totals = (tables.get(f"{side}.{name}", {}).get("all") for name in ("matched", "waiting"))
    return _share(*totals)


def least_often(tables: Tables, side: str) -> tuple[str, float] | None:
    """Say which group finds somebody least often and how often, of those that are shown."""
    told = [(name, one) for name, one in _shares(tables, side).items() if one is not None]
    return min(told, key=lambda group: group[1], default=None)


def _rates(outcome: Outcome) -> dict[str, float | None]:
    groups = outcome.groups.items()
    return {name: one.rate if one.asked >= LEAST else None for name, one in groups}


def _shares(tables: Tables, side: str) -> dict[str, float | None]:
    """Make shares of covered counts; their noise goes into them twice."""
    matched, waiting = (tables.get(f"{side}.{name}", {}) for name in ("matched", "waiting"))
    return {name: _share(matched[name], waiting.get(name)) for name in matched if name != "all"}


def _share(matched: int | None, waiting: int | None) -> float | None:
    """Make a share; a count that is hidden may be any small one, and so is no 0."""
    if matched is None or waiting is None:
        return None
    return matched / (matched + waiting)
