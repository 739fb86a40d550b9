"""How it was, told in a way in which nobody can know a single answer: by randomised response.

Half of all answers are replaced by one drawn among those there are, before anything is kept
[1]. Whoever reads that somebody was counted under "no" knows hardly more than before; from
many, the shares can still be read, in wide intervals.

[1] S. Warner, "Randomized response: a survey technique for eliminating evasive answer bias",
Journal of the American Statistical Association 60(309), 1965.
[2] J. Duchi, S. Shalev-Shwartz, Y. Singer, T. Chandra, "Efficient projections onto the l1-ball
for learning in high dimensions", ICML 2008, figure 1.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from math import ceil, sqrt

from matcher.domain.cover import LEAST, STEP
from matcher.domain.noise import Chance
from matcher.domain.profile import Role
from matcher.domain.shares import Share, Z

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

    Noise has moved each count by a standard deviation of `noise`. What is told as best adds up
    to one; the intervals are those of the unbiased shares, and hold it as well.
    """
    whole, n = sum(counts.values()), len(counts)
    if whole < LEAST + 2 * noise * sqrt(n):
        return None
    free = unbiased(counts)
    best = onto_simplex(free)
    return {
        option: _interval(free[option], best[option], _doubt(count / whole, n, whole, noise))
        for option, count in counts.items()
    }


def unbiased(counts: Mapping[str, int]) -> dict[str, float]:
    """Undo what chance did to each share: right on average, and so at times below none.

    This is what is to be compared or computed with; they add up to one.
    """
    whole, n = sum(counts.values()), len(counts)
    kept = float(KEPT)
    return {option: (count / whole - (1 - kept) / n) / kept for option, count in counts.items()}


def onto_simplex(shares: Mapping[str, float]) -> dict[str, float]:
    """Find the shares next to these of which none is below nothing and that add up to one.

    The Euclidean projection [2]: never farther from the true shares than what it is given.
    """
    above, over = 0.0, 0.0
    for at, share in enumerate(sorted(shares.values(), reverse=True), start=1):
        above += share
        if share > (above - 1) / at:
            over = (above - 1) / at
    return {option: max(0.0, share - over) for option, share in shares.items()}


def needed(options: int, *, noise: float) -> int:
    """Say how many answers it takes until an estimate means something, at the worst."""
    exactness = (WIDE * float(KEPT) / Z) ** 2
    noised = noise**2 * options / 4
    whole = (1 / 4 + sqrt(1 / 16 + 4 * exactness * noised)) / (2 * exactness)
    return STEP * ceil(whole / STEP)


def _doubt(seen: float, n: int, whole: int, noise: float) -> float:
    """Say how far on either side chance and noise may have moved one share."""
    held = min(1.0, max(0.0, seen))
    spread = held * (1 - held) / whole
    noised = (noise / whole) ** 2 * ((1 - held) ** 2 + (n - 1) * held**2)
    return Z * sqrt(spread + noised) / float(KEPT)


def _interval(free: float, best: float, half: float) -> Share:
    """Put the interval around the unbiased share, and let it hold the one that is told.

    Where that lies below nothing it goes around nothing, as no true share is below: cut there
    it would be empty, and sound certain. So too above all.
    """
    middle = min(1.0, max(0.0, free))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Share(low=min(low, best), best=best, high=max(high, best))
