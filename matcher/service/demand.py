"""What is needed and not met here, and what formal services are needed for: for partners."""

from dataclasses import dataclass

from matcher.domain.counted import NEED, cell
from matcher.domain.cover import CERTAIN, LEAST, tidy
from matcher.domain.needs import Need
from matcher.domain.shares import Share, share_of
from matcher.store.backing import Backing
from matcher.store.tallies import Tallies, When

WEEKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One need: how many came with it, which share found somebody, how many did not."""

    need: Need
    came: int | None
    found: Share | None
    unmet: int | None


class Demand:
    """Reads what people came with and what became of it."""

    def __init__(self, backing: Backing) -> None:
        self._clock = backing.clock
        self._needs = backing.settings.needs
        self._tallies = Tallies(backing)

    def lines(self) -> list[Line]:
        """List needs with more people than noise explains, those that most came with first."""
        now = self._clock.now()
        came = self._tallies.came.over(now, WEEKS)
        found = self._tallies.found.over(now, WEEKS)
        least = LEAST + CERTAIN * came.deviation
        lines = []
        for need in self._needs.all:
            one = cell(NEED, need.id)
            asked = came.sums.get(one, 0)
            met = sum(found.sums.get(cell(when, one), 0) for when in When)
            if asked < least:
                continue
            noise = max(came.deviation, found.deviation * 2**0.5)
            line = Line(
                need=need,
                came=tidy(asked),
                found=share_of(met, asked, noise=noise),
                unmet=tidy(asked - met),
            )
            lines.append(line)
        return sorted(lines, key=lambda line: -(line.came or 0))
