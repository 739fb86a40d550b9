"""What many would tell of pairs whose features help, or do not: drawn for tests and benches."""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from matcher.domain.lessons import ANSWERS, BUCKETS, CELLS, FEATURES, Heard, cell_of
from matcher.store.statistics import LESSONS, Statistics
from tests.world import World

WEEKS = 8
"""Stretches of sums that are read together; each brings its own noise."""

EVEN = (0.5, 0.5, 0.5, 0.5)
ODD = (0.6, 0.8, 0.2, 0.3)
"""How many pairs have each feature: as even as can be, and more as networks are."""

_TOGETHER = 0.5
"""How much of having one feature goes together with having another."""


def hear(
    rng: np.random.Generator,
    answers: int,
    effects: Sequence[float],
    *,
    scale: float = 0.0,
    has: Sequence[float] = EVEN,
) -> Heard:
    """Draw what so many tell: the level, then the effect of each feature, as log odds.

    Each answer is kept by half and drawn otherwise; each stretch adds noise of this `scale`.
    """
    bits = _bits(rng, answers, has)
    odds = effects[0] + sum(effect * (bits >> at & 1) for at, effect in enumerate(effects[1:]))
    helped = rng.random(answers) < 1 / (1 + np.exp(-odds))
    told = np.where(helped, 0, rng.integers(1, len(ANSWERS), size=answers))
    drawn = rng.integers(len(ANSWERS), size=answers)
    told = np.where(rng.random(answers) < 0.5, told, drawn)
    counts = np.zeros((BUCKETS, len(ANSWERS)), dtype=np.int64)
    np.add.at(counts, (bits, told), 1)
    counts += _noise(rng, scale, counts.shape)
    return Heard(
        counts=tuple((int(a), int(b), int(c)) for a, b, c in counts),
        noise=sqrt(2 * WEEKS) * scale,
    )


def _bits(rng: np.random.Generator, answers: int, has: Sequence[float]) -> NDArray[np.int64]:
    """Draw features that often come together, as a bucket."""
    shared = sqrt(_TOGETHER) * rng.normal(size=answers)
    bits = np.zeros(answers, dtype=np.int64)
    for at, share in zip(range(len(FEATURES)), has, strict=True):
        own = shared + sqrt(1 - _TOGETHER) * rng.normal(size=answers)
        bits |= (own < np.quantile(own, share)).astype(np.int64) << at
    return bits


def _noise(rng: np.random.Generator, scale: float, shape: tuple[int, ...]) -> NDArray[np.int64]:
    if not scale:
        return np.zeros(shape, dtype=np.int64)
    stop = 1 - np.exp(-1 / scale)
    one, other = (rng.geometric(stop, size=(WEEKS, *shape)) for _ in range(2))
    drawn: NDArray[np.int64] = (one - other).sum(axis=0)
    return drawn


def tell_all(world: World, heard: Heard) -> None:
    """Let so many be counted this week, as chance has left them."""
    sums = Statistics(world.backing, CELLS, most=1, of=LESSONS)
    for bucket, counts in enumerate(heard.counts):
        for answer, times in zip(ANSWERS, counts, strict=True):
            sums.add([cell_of(bucket, answer)], now=world.now(), times=times)
