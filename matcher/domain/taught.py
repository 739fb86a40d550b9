"""What outcomes teach about the small terms of a score: which way, how sure, what to try.

Told is a difference between shares: of a hundred pairs as they were, in how many more it would
have helped, had all of them a feature instead of none, the other features being as they were.
Its intervals hold all true differences at once 95 times of 100, so that four looks do not find
by chance what one would not. It is no experiment: pairs were made by these very rules, and
whoever would rather not tell is not heard. So a weight is moved by one small step, by somebody
who has read this, and never by itself.

How far a feature moves a share hangs on the level and on the other features too: their doubt is
in an interval, by the delta method [1], at each end as far as it matters there. Where nothing
is moved they do not matter, so that whether an interval leaves "none" out is up to the feature.

[1] G. Oehlert, "A note on the delta method", The American Statistician 46(1), 1992.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, inf, sqrt
from statistics import NormalDist

from matcher.domain.cover import LEAST, STEP, tidy
from matcher.domain.lessons import ANSWERS, BUCKETS, FEATURES, Heard
from matcher.domain.linear import dot, times
from matcher.domain.outcomes import KEPT, WIDE
from matcher.domain.regression import Fit, fitted
from matcher.domain.rules import Term
from matcher.domain.shares import SURE, WIDEST

Z = NormalDist().inv_cdf(1 - (1 - SURE) / 2 / len(FEATURES))
"""Deviations on either side that hold all the differences at once, 95 times of 100."""

WIDE_APART = 2 * WIDE
"""Differences mean something once one is right within so much: two shares stand behind each."""

TRY = 0.02
"""By how much a weight is moved at once."""

MOST_WEIGHT = 0.2
"""Above this a small term outweighs what people have lived through: nothing leads there."""


class Way(StrEnum):
    """Which way the answers point; `OPEN` where chance explains what they show."""

    MORE = "more"
    LESS = "less"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A difference between two shares, and the interval of it."""

    low: float
    best: float
    high: float

    @property
    def way(self) -> Way:
        """Say which way it points: only where the interval leaves "none" out."""
        if self.low > 0:
            return Way.MORE
        return Way.LESS if self.high < 0 else Way.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What is known of one feature; `difference` is None where too few told.

    `weight` is today's, None where no rules can be read; `wish` is worth a try instead.
    """

    feature: Term
    answers: int | None
    difference: Difference | None
    weight: float | None
    wish: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What many have told together, and how many it takes before it says anything.

    `finer` is how many it takes until a difference is right within half of `WIDE_APART`.
    """

    answers: int | None
    needed: int
    finer: int
    lessons: tuple[Lesson, ...]


def taught(heard: Heard, weights: Mapping[Term, float]) -> Taught:
    """Read what was heard, beside the weights in force."""
    whole = sum(map(sum, heard.counts))
    needs = needed(noise=heard.noise)
    fit = fitted(heard) if whole >= needs else None
    return Taught(
        answers=tidy(whole),
        needed=needs,
        finer=needed(noise=heard.noise, within=WIDE_APART / 2),
        lessons=tuple(
            _lesson(heard, fit, place, weights.get(feature))
            for place, feature in enumerate(FEATURES)
        ),
    )


def needed(*, noise: float, within: float = WIDE_APART) -> int:
    """Say how many answers it takes until a difference is right within so much.

    Of a feature that half of the pairs have, at the worst share; noise has moved each cell.
    """
    exactness = (within * float(KEPT) / (2 * Z)) ** 2
    noised = BUCKETS * noise**2 * len(ANSWERS) / 4
    whole = (1 / 4 + sqrt(1 / 16 + 4 * exactness * noised)) / (2 * exactness)
    return STEP * ceil(whole / STEP)


def _lesson(heard: Heard, fit: Fit | None, place: int, weight: float | None) -> Lesson:
    found = _difference(heard, fit, place)
    return Lesson(
        feature=FEATURES[place],
        answers=tidy(_side(heard, place, has=True)),
        difference=found,
        weight=weight,
        wish=None if found is None or weight is None else _wish(found.way, weight),
    )


def _difference(heard: Heard, fit: Fit | None, place: int) -> Difference | None:
    """Turn an effect into a difference; None where either side is too small, or all is open."""
    least = LEAST + 2 * heard.noise * sqrt(len(ANSWERS) * BUCKETS / 2)
    if fit is None or any(_side(heard, place, has=has) < least for has in (True, False)):
        return None
    best, half = fit.best[place + 1], Z * sqrt(fit.variance[place + 1][place + 1])
    below, above = (Z * _doubt(heard, fit, place, best + side) for side in (-half, half))
    low, middle, high = (
        apart(heard, fit, place, effect) for effect in (best - below, best, best + above)
    )
    if high - low > 2 * WIDEST:
        return None
    return Difference(low=low, best=middle, high=high)


def apart(heard: Heard, fit: Fit, place: int, effect: float) -> float:
    """Say by how much an effect moves the share, over all pairs as they were."""
    sizes = [max(0, sum(row)) for row in heard.counts]
    moved = (
        size * (fit.chance(bucket, place, effect) - fit.chance(bucket, place, 0.0))
        for bucket, size in enumerate(sizes)
    )
    return sum(moved) / sum(sizes)


def _doubt(heard: Heard, fit: Fit, place: int, effect: float) -> float:
    """Say how far chance moves such a difference, as a deviation of the effect alone."""
    slopes = [0.0] * (len(FEATURES) + 1)
    for bucket, row in enumerate(heard.counts):
        size, row_of = max(0, sum(row)), (1, *(bucket >> at & 1 for at in range(len(FEATURES))))
        has, has_not = (fit.chance(bucket, place, one) for one in (effect, 0.0))
        has, has_not = has * (1 - has), has_not * (1 - has_not)
        for at, is_there in enumerate(row_of):
            slopes[at] += size * (has if at == place + 1 else is_there * (has - has_not))
    own, along = slopes[place + 1], tuple(slopes)
    return sqrt(dot(along, times(fit.variance, along))) / own if own else inf


def _side(heard: Heard, place: int, *, has: bool) -> int:
    """Count the answers of pairs that have a feature, or of those that have not."""
    rows = enumerate(heard.counts)
    return sum(sum(row) for bucket, row in rows if bool(bucket >> place & 1) is has)


def _wish(way: Way, weight: float) -> float | None:
    if way is Way.MORE and weight < MOST_WEIGHT:
        return min(MOST_WEIGHT, round(weight + TRY, 4))
    if way is Way.LESS and weight > 0:
        return max(0.0, round(weight - TRY, 4))
    return None
