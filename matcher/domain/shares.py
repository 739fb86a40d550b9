"""Shares read off noised sums, with how far chance and noise may have moved them."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from matcher.domain.cover import LEAST

SURE = 0.95
Z = NormalDist().inv_cdf((1 + SURE) / 2)
"""Deviations on either side that hold 95 % of what chance does."""

WIDEST = 0.3
"""What chance leaves open on either side; where it is more, nothing was told."""

ADDED = 2
"""A success and a failure for each deviation, so that few answers never look certain [1].

[1] A. Agresti, B. Coull, "Approximate is better than 'exact' for interval estimation of
binomial proportions", The American Statistician 52(2), 1998.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share from 0 to 1, and the interval that holds the true one 95 times of 100."""

    low: float
    best: float
    high: float

    @property
    def middle(self) -> float:
        """Say where the interval has its middle."""
        return (self.low + self.high) / 2


def share_of(part: float, whole: float, *, noise: float) -> Share | None:
    """Say which share `part` is of `whole`; None where too few are in it to say anything.

    Noise has moved each of the two by a standard deviation of `noise`. They were raised by
    different people's acts or noised apart.
    """
    if whole < LEAST + 2 * noise:
        return None
    held = _held(part, whole)
    return _share(part, whole, (noise / whole) ** 2 * (1 + held**2))


def share_beside(part: float, rest: float, *, noise: float) -> Share | None:
    """Say which share `part` is of itself and a `rest`, each noised apart; None as above."""
    whole = part + rest
    if whole < LEAST + 2 * noise * sqrt(2):
        return None
    held = _held(part, whole)
    return _share(part, whole, (noise / whole) ** 2 * (held**2 + (1 - held) ** 2))


def _held(part: float, whole: float) -> float:
    return _within((max(0.0, part) + ADDED) / (whole + 2 * ADDED))


def _share(part: float, whole: float, noised: float) -> Share | None:
    best, held = _within(part / whole), _held(part, whole)
    spread = held * (1 - held) / (whole + 2 * ADDED)
    half = Z * sqrt(spread + noised)
    if half > WIDEST:
        return None
    return Share(low=_within(held - half), best=best, high=_within(held + half))


def are_apart(low: Share, high: Share, *, among: int = 1, by: float = 0) -> bool:
    """Tell whether one share lies below another by more than chance and noise explain.

    With `by`, it has to lie lower than even so much below. Who looks `among` so many pairs
    would find some by chance alone, and so has to see more.
    """
    farther = NormalDist().inv_cdf(1 - (1 - SURE) / 2 / among) / Z
    halves = ((low.high - low.low) / 2, (high.high - high.low) / 2)
    return high.middle - low.middle - by > farther * sqrt(sum(half**2 for half in halves))


def _within(share: float) -> float:
    return min(1.0, max(0.0, share))
