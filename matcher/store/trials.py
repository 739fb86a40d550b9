"""What becomes of newcomers by the rules in force and by those on trial: noised sums of both.

Each is counted once at the most: in the round that looks at them first, and of a round one
alone, so that no crowd of one moment looks like many who had the same luck by chance.
"""

from datetime import UTC, datetime, timedelta

from matcher.domain.counted import By
from matcher.domain.extent import Arm
from matcher.domain.profile import SeekerProfile
from matcher.domain.trial import RAISES, End, Side, cells_of, named, side
from matcher.store.backing import WAITING_GRAIN, Backing
from matcher.store.clock import rounded_down
from matcher.store.keys import SUMS_LIVE
from matcher.store.statistics import GROWING, TRIAL, Statistics
from matcher.store.tallies import cells_of as counted_of

MARK = "trial-mark:"


class TrialSums:
    """The sums of one trial of a pool."""

    def __init__(self, backing: Backing, number: int) -> None:
        self._backing = backing
        self._number = number
        self._cells = counted_of(backing.settings)
        self._groups = self._cells.groups(By.GROUP)
        self._sums = Statistics(
            backing,
            [self._own(name) for name in cells_of(self._groups)],
            most=RAISES,
            of=TRIAL,
        )

    def come_since(self, since: datetime, *, now: datetime) -> tuple[datetime, datetime]:
        """Say when those came whom no round has looked at, and let nobody else count them.

        From the first moment on, and before the second one: whole minutes, as people wait.
        """
        until = rounded_down(now, WAITING_GRAIN)
        name = self._backing.keys(GROWING, f"{MARK}{self._number}")
        lives = int(SUMS_LIVE / timedelta(seconds=1))
        found, _ = self._backing.store.commands(
            [("GET", name), ("SET", name, int(until.timestamp()), "EX", lives)], at_once=True
        )
        before = datetime.fromtimestamp(int(found), UTC) if found else since
        return max(before, since), until

    def add(self, arm: Arm, end: End, seeker: SeekerProfile, *, now: datetime) -> None:
        """Count somebody who agreed to it."""
        kinds = self._cells.of(seeker)
        self._sums.add((self._own(named(arm, end, kind)) for kind in kinds), now=now)

    def sides(self, since: datetime, *, now: datetime) -> dict[Arm, Side]:
        """Read both arms, as far as stretches are over."""
        total = self._sums.over(now, self._sums.between(since, now))
        sums = {name: total.sums.get(self._own(name), 0) for name in cells_of(self._groups)}
        return {arm: side(arm, sums, self._groups, deviation=total.deviation) for arm in Arm}

    def _own(self, name: str) -> str:
        """Name a cell of this trial: another one may begin within the same days."""
        return f"{self._number}:{name}"
