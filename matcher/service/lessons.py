"""Reads for coordinators what outcomes may teach about the weights of small terms."""

from math import sqrt

from matcher.domain.lessons import ANSWERS, BUCKETS, Heard, cell_of
from matcher.service.outcomes import WEEKS
from matcher.store.backing import Backing
from matcher.store.talked import Talked


class Lessons:
    """Whether it helped, by kinds of pairs."""

    def __init__(self, backing: Backing) -> None:
        self._clock = backing.clock
        self._talked = Talked(backing)

    def lately(self) -> Heard:
        """Read the answers of the last weeks, as chance and noise have left them.

        Noise is taken to be in every week. One that no clock began has none, if nobody told:
        whoever saw how much there is would see whether it was nobody or one.
        """
        total = self._talked.lessons_over(self._clock.now(), WEEKS)
        yes, somewhat, no = (
            [total.sums.get(cell_of(bucket, answer), 0) for bucket in range(BUCKETS)]
            for answer in ANSWERS
        )
        noise = self._talked.lessons_deviation * sqrt(WEEKS)
        return Heard(counts=tuple(zip(yes, somewhat, no, strict=True)), noise=noise)
