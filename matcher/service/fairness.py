"""Whether everybody has the same chances: who found somebody, and soon, by group."""

from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from matcher.domain.counted import EVERYBODY, By, cell
from matcher.domain.cover import CERTAIN, LEAST, tidy
from matcher.domain.shares import Share, are_apart, share_of
from matcher.store.backing import Backing
from matcher.store.rulebook import Rulebook
from matcher.store.statistics import Total
from matcher.store.tallies import Tallies, When

WEEKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who have something in common; None where too few are among them.

    Of how many came: where it could be noise alone.
    """

    name: str
    came: int | None
    found: Share | None
    soon: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """One way to divide people: its groups, all of them together, and who is worst off.

    `is_worse`: whoever was worst off before the rules were changed had better chances.
    """

    groups: tuple[Group, ...]
    together: Group
    worst: Group | None
    is_worse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weeks:
    came: Total
    found: Total


class Fairness:
    """Reads the chances of groups in one pool."""

    def __init__(self, backing: Backing) -> None:
        self._clock = backing.clock
        self._tallies = Tallies(backing)
        self._rulebook = Rulebook(backing)

    def divisions(self) -> dict[By, Division]:
        """Compare the groups of every way to divide people, over the last weeks."""
        now = self._clock.now()
        lately = self._weeks(now, WEEKS)
        return {by: self._division(by, lately, self._change(now)) for by in By}

    def changed(self) -> datetime | None:
        """Say since when the rules are as they are; None where nobody knows."""
        return self._rulebook.since()

    def _division(
        self, by: By, lately: _Weeks, change: tuple[_Weeks, _Weeks] | None
    ) -> Division:
        groups = self._groups(by, lately)
        together = _group("", EVERYBODY, lately)
        return Division(
            groups=groups,
            together=together,
            worst=_worst(groups, together),
            is_worse=change is not None and self._is_worse(by, *change),
        )

    def _groups(self, by: By, weeks: _Weeks) -> tuple[Group, ...]:
        return tuple(
            _group(name, cell(by, name), weeks) for name in self._tallies.cells.groups(by)
        )

    def _is_worse(self, by: By, before: _Weeks, after: _Weeks) -> bool:
        """Tell whether the worst-off of a division lost more than chance explains."""
        lowest = [_lowest(self._groups(by, weeks)) for weeks in (before, after)]
        shares = [one.found if one else None for one in lowest]
        if shares[0] is None or shares[1] is None:
            return False
        return are_apart(shares[1], shares[0], among=len(By))

    def _change(self, now: datetime) -> tuple[_Weeks, _Weeks] | None:
        """Read the whole weeks before and after the rules were changed; None without either."""
        since = self._rulebook.since()
        after = -1 if since is None else self._tallies.came.between(since, now) - 1
        if after < 1:
            return None
        return self._weeks(now, WEEKS, skip=after + 1), self._weeks(now, min(after, WEEKS))

    def _weeks(self, now: datetime, count: int, *, skip: int = 0) -> _Weeks:
        return _Weeks(
            came=self._tallies.came.over(now, count, skip=skip),
            found=self._tallies.found.over(now, count, skip=skip),
        )


def _group(name: str, of: str, weeks: _Weeks) -> Group:
    came = weeks.came.sums.get(of, 0)
    soon, later = (weeks.found.sums.get(cell(w, of), 0) for w in (When.SOON, When.LATER))
    noise = max(weeks.came.deviation, weeks.found.deviation * sqrt(2))
    return Group(
        name=name,
        came=tidy(came) if came >= LEAST + CERTAIN * weeks.came.deviation else None,
        found=share_of(soon + later, came, noise=noise),
        soon=share_of(soon, soon + later, noise=noise),
    )


def _lowest(groups: tuple[Group, ...]) -> Group | None:
    told = [group for group in groups if group.found is not None]
    return min(told, key=_middle) if len(told) > 1 else None


def _worst(groups: tuple[Group, ...], together: Group) -> Group | None:
    """Find who is worse off than all together, by more than chance explains."""
    lowest = _lowest(groups)
    if lowest is None or lowest.found is None or together.found is None:
        return None
    is_apart = are_apart(lowest.found, together.found, among=len(groups))
    return lowest if is_apart else None


def _middle(group: Group) -> float:
    return group.found.middle if group.found else 1.0
