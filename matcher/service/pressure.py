"""When many newcomers come at once: who passes, and who does a little work or waits first."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from matcher.domain import work
from matcher.settings.model import PressureTable
from matcher.store.clock import StoreClock
from matcher.store.counts import Counts
from matcher.store.keys import MINUTE
from matcher.store.memory import Memory


class Effort(StrEnum):
    """What became of a form that came while work is asked.

    It passes when work was DONE for its token, or it has WAITED for long enough. Otherwise it
    is shown again: it is EARLY, too MANY have waited just now, or its token is OVER.
    """

    DONE = "done"
    WAITED = "waited"
    EARLY = "early"
    MANY = "many"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """The token of a form, signed by us: `made` at so many seconds since 1970."""

    value: str
    made: int


class Pressure:
    """Tells a flood from a crowd as little as anybody can, but lets no flood starve a crowd."""

    def __init__(
        self, counts: Counts, memory: Memory, clock: StoreClock, table: PressureTable
    ) -> None:
        self._counts = counts
        self._memory = memory
        self._clock = clock
        self._table = table

    def is_on(self) -> bool:
        """Count one more form of a newcomer; tell whether work is asked for it."""
        is_pressed = self._counts.press()
        return is_pressed or self._memory.share() >= self._table.fill

    def effort(self, token: Token, answer: str) -> Effort:
        """Judge what was done for a form; a token lets one form pass and no other."""
        age = self.age(token)
        if age > self._table.lasts:
            return Effort.OVER
        if work.is_done(token.value, answer, bits=self._table.bits):
            found = Effort.DONE
        elif age < self._table.wait:
            return Effort.EARLY
        elif self._counts.count(Effort.WAITED, MINUTE) > self._table.waited:
            return Effort.MANY
        else:
            found = Effort.WAITED
        return (
            found if self._counts.use_up(token.value, until=self._end(token)) else Effort.OVER
        )

    def age(self, token: Token) -> timedelta:
        """Say how old a token is, by the one clock that also says when one is made."""
        return timedelta(seconds=self._clock.about().timestamp() - token.made)

    def _end(self, token: Token) -> datetime:
        return datetime.fromtimestamp(token.made, UTC) + self._table.lasts
