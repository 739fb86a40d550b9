"""Rules on trial: some rounds go by them, all others by those in force.

Whoever comes is counted once at the most: in the first round that looks at them, under the
rules by which chance lets that round go. Nobody is followed from one round to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from matcher.domain.counted import EVERYBODY, By, cell
from matcher.domain.cover import tidy
from matcher.domain.extent import Arm, Extent
from matcher.domain.rules import Rules
from matcher.domain.shares import Share, are_apart, share_beside
from matcher.domain.versions import Publication

RAISES = 2
"""How many cells one seeker raises: that of everybody, that of what matters most to them."""


class End(StrEnum):
    """How a seeker's first round ended for them."""

    OFFERED = "offered"
    LEFT = "left"


class Why(StrEnum):
    """Why a trial is over."""

    FEWER = "fewer"
    WORST = "worst"
    UNUSABLE = "unusable"
    OVER = "over"
    DROPPED = "dropped"
    REPLACED = "replaced"
    KEPT = "kept"


FALLEN_BACK = frozenset({Why.FEWER, Why.WORST, Why.UNUSABLE})
"""Ends of which nobody has decided, and which somebody should look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Why and when a trial was ended, and by whom if by anybody."""

    why: Why
    at: datetime
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One trial of a pool, numbered from 1, against the version `after` of its rules."""

    number: int
    wanted: Publication
    extent: Extent
    after: int
    at: datetime
    mark: str = ""
    ended: Ended | None = None

    @property
    def until(self) -> datetime:
        """Say when it ends by itself."""
        return self.at + timedelta(days=self.extent.days)

    def finished(self, ended: Ended) -> Self:
        """End it, unless it was ended before."""
        return self if self.ended else replace(self, ended=ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a round has to know of a trial that is on."""

    number: int
    rules: Rules
    extent: Extent
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What came of one arm; shares are of those who were offered somebody in their first round.

    None, or left out of `groups`, where too few are in it to say anything.
    """

    came: int | None
    together: Share | None
    groups: Mapping[str, Share]


def cells_of(groups: tuple[str, ...]) -> tuple[str, ...]:
    """Name everything a trial counts."""
    kinds = (EVERYBODY, *(cell(By.GROUP, group) for group in groups))
    return tuple(named(arm, end, kind) for arm in Arm for end in End for kind in kinds)


def named(arm: Arm, end: End, kind: str) -> str:
    """Name one cell of a trial."""
    return f"{arm}:{end}:{kind}"


def side(
    arm: Arm, sums: Mapping[str, int], groups: tuple[str, ...], *, deviation: float
) -> Side:
    """Read one arm off the sums; noise has moved each cell by `deviation`."""

    def share(kind: str) -> Share | None:
        offered, left = (sums.get(named(arm, end, kind), 0) for end in (End.OFFERED, End.LEFT))
        return share_beside(offered, left, noise=deviation)

    found = {group: share(cell(By.GROUP, group)) for group in groups}
    return Side(
        came=tidy(sum(sums.get(named(arm, end, EVERYBODY), 0) for end in End)),
        together=share(EVERYBODY),
        groups={group: one for group, one in found.items() if one is not None},
    )


def worst(one: Side) -> tuple[str, Share] | None:
    """Find the group that is worst off; None where nothing is known of any two."""
    if len(one.groups) < 2:  # noqa: PLR2004 - nobody is worse off alone
        return None
    return min(one.groups.items(), key=lambda item: (item[1].middle, item[0]))


def verdict(sides: Mapping[Arm, Side], extent: Extent) -> Why | None:
    """Say why a trial has to end, if it does: by more than chance and noise explain.

    A group of the tried rules is held against whoever is worst off by those in force: who
    takes from the better off is not unfair. All comparisons of all looks share one chance of
    a false alarm.
    """
    tried, live = sides[Arm.TRIED], sides[Arm.LIVE]
    among = extent.looks * (1 + len(tried.groups))

    def is_below(low: Share | None, high: Share | None) -> bool:
        if low is None or high is None:
            return False
        return are_apart(low, high, among=among, by=extent.bound / 100)

    if is_below(tried.together, live.together):
        return Why.FEWER
    lowest = worst(live)
    if lowest and any(is_below(share, lowest[1]) for share in tried.groups.values()):
        return Why.WORST
    return None
