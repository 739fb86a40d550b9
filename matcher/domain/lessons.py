"""What outcomes may teach about the weights of the small terms: sums over kinds of pairs.

A pair is of one of 16 kinds, its bucket: for each small term, did it fit by half or more? Only
how many seekers said what of each kind is ever kept, and what they said is changed by chance.
"""

from dataclasses import dataclass

from matcher.domain.outcomes import OPTIONS, Question
from matcher.domain.rules import Term

FEATURES = tuple(Term)
"""The small terms in the order of a bucket's bits, the lowest first."""

BUCKETS = 1 << len(FEATURES)
ANSWERS = OPTIONS[Question.HELPED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How many seekers gave each of the `ANSWERS`, a row for each bucket.

    Each answer was changed by chance before it was counted; noise has moved each count by a
    standard deviation of `noise`, and may have made it less than none.
    """

    counts: tuple[tuple[int, int, int], ...]
    noise: float


def cell_of(bucket: int, answer: str) -> str:
    """Name the cell of one answer about a pair of one kind."""
    return f"{bucket}:{answer}"


CELLS = tuple(cell_of(bucket, answer) for bucket in range(BUCKETS) for answer in ANSWERS)
