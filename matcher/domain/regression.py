"""Logistic regression on what many told, as chance and noise have left it.

What is read is how much likelier "it helped" is where a pair has a feature, all features
looked at together: who has one often has another, and nothing should be laid at the wrong
door. "Helped" stands against "somewhat" and "no": three ordered answers would ask for one more
belief, that a feature moves both steps alike, which noised counts cannot bear out.

Chance kept half of the answers and drew the rest among three [1], so "helped" was counted with
a probability of 1/6 + 1/2 * s(x'b), where s is the logistic function: that is what is fitted,
instead of the plain one. Noise moves each count; it is nought on average, and what is solved is
linear in the counts, so it only widens the intervals: they come from the sandwich [2] with the
spread of noise in its middle. Where noise outweighs those who told, a bucket weighs less.

The ridge [3] keeps everything finite, and is a belief: before anything is heard, a feature
hardly moves the odds by more than `BELIEF` says. It stands in the middle of the sandwich too
[4], so that what nothing was heard of stays open instead of looking certain.

[1] S. Warner, "Randomized response: a survey technique for eliminating evasive answer bias",
Journal of the American Statistical Association 60(309), 1965.
[2] H. White, "Maximum likelihood estimation of misspecified models", Econometrica 50(1), 1982.
[3] S. le Cessie, J. van Houwelingen, "Ridge estimators in logistic regression", Applied
Statistics 41(1), 1992.
[4] G. Wahba, "Bayesian confidence intervals for the cross-validated smoothing spline", Journal
of the Royal Statistical Society B 45(1), 1983.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

from matcher.domain.lessons import ANSWERS, BUCKETS, FEATURES, Heard
from matcher.domain.linear import Matrix, Vector, dot, gram, inverse, product, times
from matcher.domain.outcomes import KEPT

BELIEF = 1.0
"""How far a feature moves the logarithm of the odds, as a rule: as from 50 to 73 %."""

LEVEL = 3.0
"""The same of how often it helps at all: from 5 to 95 %, as a rule."""

STEPS = 200
"""Answers that chance may leave take some ten; what ends in none of them told nothing."""

HALVINGS = 20
NEAR = 1e-6
"""The top is near enough once a step would lead by a thousandth of what is open anyway."""


_DRAWN = (1 - float(KEPT)) / len(ANSWERS)
_RIDGE: Vector = (1 / LEVEL**2, *(1 / BELIEF**2 for _ in FEATURES))
_ROWS: tuple[Vector, ...] = tuple(
    (1.0, *(float(bucket >> bit & 1) for bit in range(len(FEATURES))))
    for bucket in range(BUCKETS)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The level and what each feature adds, in logarithms of odds, and how far they vary."""

    best: Vector
    variance: Matrix

    def chance(self, bucket: int, feature: int, effect: float) -> float:
        """Say how likely "it helped" is in a bucket, had its pairs a feature of that effect."""
        row = _ROWS[bucket]
        others = dot(self.best, row) - self.best[feature + 1] * row[feature + 1]
        return _logistic(others + effect)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bucket:
    """What was counted of one bucket, and how much of it is believed beside its noise."""

    row: Vector
    helped: float
    whole: float
    noise: float
    weight: float

    @property
    def size(self) -> float:
        """Say how many told; noise may have left fewer than none."""
        return max(0.0, self.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """How likely "helped" is to be counted at one guess, and what follows from it."""

    bucket: _Bucket
    share: float
    slope: float

    @property
    def likely(self) -> float:
        """Say how well the guess fits the counts, as a logarithm."""
        one = self.bucket
        fits = one.helped * log(self.share) + (one.whole - one.helped) * log(1 - self.share)
        return one.weight * fits

    @property
    def pull(self) -> float:
        """Say which way, and how strongly, the counts pull the guess."""
        rest = self.bucket.helped - self.bucket.whole * self.share
        return self._lever * rest

    @property
    def curve(self) -> float:
        """Say how fast that pull gives way."""
        return self._lever * self.bucket.size * self.slope

    @property
    def spread(self) -> float:
        """Say how far chance and noise move that pull: its variance."""
        chance = self.bucket.size * self.share * (1 - self.share)
        return self._lever**2 * (chance + _noised(self.share, self.bucket.noise))

    @property
    def _lever(self) -> float:
        return self.bucket.weight * self.slope / (self.share * (1 - self.share))


def fitted(heard: Heard) -> Fit | None:
    """Fit what was heard; None where that comes to no end.

    Each step goes uphill on what is likely, and the ridge bends all hills down far out, so a
    top is found; only where counts are as chance hardly leaves them, the way may be too long.
    """
    buckets = tuple(_believed(heard))
    guess: Vector = (0.0,) * len(_RIDGE)
    for _ in range(STEPS):
        seen = _look(buckets, guess)
        pull, bread = _pull(seen, guess), _bread(seen)
        step = times(bread, pull)
        if dot(pull, step) < NEAR:
            return Fit(best=guess, variance=_sandwich(seen, bread))
        found = _uphill(buckets, guess, step, rise=dot(pull, step))
        if found is None:
            return None
        guess = found
    return None


def _believed(heard: Heard) -> Iterator[_Bucket]:
    """Weigh each bucket by how much of its spread is those who told, and not the noise."""
    whole = max(1.0, float(sum(map(sum, heard.counts))))
    helped = sum(row[0] for row in heard.counts) / whole
    share = min(1 - 2 * _DRAWN, max(_DRAWN, helped))
    for row, counts in zip(_ROWS, heard.counts, strict=True):
        own = max(1.0, float(sum(counts))) * share * (1 - share)
        yield _Bucket(
            row=row,
            helped=float(counts[0]),
            whole=float(sum(counts)),
            noise=heard.noise,
            weight=own / (own + _noised(share, heard.noise)),
        )


def _look(buckets: Sequence[_Bucket], guess: Vector) -> tuple[_Seen, ...]:
    kept = float(KEPT)
    chances = (_logistic(dot(bucket.row, guess)) for bucket in buckets)
    return tuple(
        _Seen(bucket=bucket, share=_DRAWN + kept * p, slope=kept * p * (1 - p))
        for bucket, p in zip(buckets, chances, strict=True)
    )


def _uphill(
    buckets: Sequence[_Bucket], guess: Vector, step: Vector, *, rise: float
) -> Vector | None:
    """Take as much of a step as leads uphill, by a part of what its slope promises."""
    here = _height(_look(buckets, guess), guess)
    for halving in range(HALVINGS):
        part = 0.5**halving
        there = tuple(b + part * s for b, s in zip(guess, step, strict=True))
        if _height(_look(buckets, there), there) >= here + part * rise / 10:
            return there
    return None


def _height(seen: Sequence[_Seen], guess: Vector) -> float:
    ridge = sum(r * b**2 for r, b in zip(_RIDGE, guess, strict=True))
    return sum(one.likely for one in seen) - ridge / 2


def _pull(seen: Sequence[_Seen], guess: Vector) -> Vector:
    return tuple(
        sum(one.pull * one.bucket.row[at] for one in seen) - _RIDGE[at] * guess[at]
        for at in range(len(_RIDGE))
    )


def _bread(seen: Sequence[_Seen]) -> Matrix:
    return inverse(gram(((one.curve, one.bucket.row) for one in seen), _RIDGE))


def _sandwich(seen: Sequence[_Seen], bread: Matrix) -> Matrix:
    filling = gram(((one.spread, one.bucket.row) for one in seen), _RIDGE)
    return product(product(bread, filling), bread)


def _noised(share: float, noise: float) -> float:
    """Say how far noise moves what is left of a bucket: of three cells, one has "helped"."""
    others = len(ANSWERS) - 1
    return noise**2 * ((1 - share) ** 2 + others * share**2)


def _logistic(odds: float) -> float:
    """Turn a logarithm of odds into a chance; far out, no number becomes too large."""
    if odds < 0:
        return 1 - _logistic(-odds)
    return 1 / (1 + exp(-odds))
