"""How it was, told in a way in which nobody can know a single answer: by randomised response.

Half of all answers are replaced by one drawn among those there are, before anything is kept
[1]. Whoever reads that somebody was counted under "no" knows hardly more than before; from
many, the shares can still be read, in wide intervals.

[1] S. Warner, "Randomized response: a survey technique for eliminating evasive answer bias",
Journal of the American Statistical Association 60(309), 1965.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from math import ceil, sqrt
from typing import NewType

from matcher.domain.cover import LEAST, STEP
from matcher.domain.noise import Chance
from matcher.domain.profile import Role
from matcher.domain.shares import Share, Z

TalkId = NewType("TalkId", str)
"""One side's own name of a conversation: it tells neither the other's nor the room's."""

KEPT = Fraction(1, 2)
"""How many answers stay as they were given; the others are drawn."""

WIDE = 0.1
"""An estimate means something once it is right within so much on either side."""


class Question(StrEnum):
    """What may be told once a conversation is over."""

    HELPED = "helped"
    SAFE = "safe"
    SERVICE = "service"


OPTIONS: Mapping[Question, tuple[str, ...]] = {
    Question.HELPED: ("yes", "somewhat", "no"),
    Question.SAFE: ("yes", "no"),
    Question.SERVICE: ("yes", "no"),
}
ASKED: Mapping[Role, tuple[Question, ...]] = {
    Role.SEEKER: tuple(Question),
    Role.PEER: (Question.HELPED, Question.SAFE),
}


def cell_of(role: Role, question: Question, option: str) -> str:
    """Name the cell of one answer."""
    return f"{role}:{question}:{option}"


CELLS = tuple(
    cell_of(role, question, option)
    for role, questions in ASKED.items()
    for question in questions
    for option in OPTIONS[question]
)


def randomised(option: str, options: Sequence[str], chance: Chance) -> str:
    """Keep an answer, or draw one among all."""
    is_kept = chance.below(KEPT.denominator) < KEPT.numerator
    return option if is_kept else options[chance.below(len(options))]


def estimates(counts: Mapping[str, int], *, noise: float) -> dict[str, Share] | None:
    """Read the true shares off counts of randomised answers; None where there are too few.

    Noise has moved each count by a standard deviation of `noise`.
    """
    whole, n = sum(counts.values()), len(counts)
    if whole < LEAST + 2 * noise * sqrt(n):
        return None
    return {
        option: _estimate(count / whole, n, whole, noise) for option, count in counts.items()
    }


def needed(options: int, *, noise: float) -> int:
    """Say how many answers it takes until an estimate means something, at the worst."""
    exactness = (WIDE * float(KEPT) / Z) ** 2
    noised = noise**2 * options / 4
    whole = (1 / 4 + sqrt(1 / 16 + 4 * exactness * noised)) / (2 * exactness)
    return STEP * ceil(whole / STEP)


def _estimate(seen: float, n: int, whole: int, noise: float) -> Share:
    """Undo what chance did to one share, and carry its spread along."""
    kept = float(KEPT)
    held = min(1.0, max(0.0, seen))
    spread = held * (1 - held) / whole
    noised = (noise / whole) ** 2 * ((1 - held) ** 2 + (n - 1) * held**2)
    best = (seen - (1 - kept) / n) / kept
    half = Z * sqrt(spread + noised) / kept
    low, middle, high = (min(1.0, max(0.0, one)) for one in (best - half, best, best + half))
    return Share(low=low, best=middle, high=high)
