"""The attacker of promise 4: learns from people they know, and links those they do not.

Who runs some hundreds of made-up people on the same pool knows which records are theirs. From
these they learn how any number on one side (of a code's record, say) goes with any on the other
side (of a handle's), and judge all other pairs by it. Nothing is chosen by hand: a leak that
shows as a number in any record is found by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from matcher.engine.matrices import Bools, Floats, Ints

LEAST_SEEN = 0.22  # correlations below this are chance among some hundreds of known people
TRIES = 5  # the strongest few are tried in any case
MOST_CLUES = 40
LEAST_SPREAD = 1e-6
SHARPEST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How well true partners were told from others of their class.

    `told_apart` is the share of others that look less likely than the true one: 0.5 is chance,
    which alone would move it by `error`.
    `linked` counts those who are linked to their true partner, `chance` those who would be by
    guessing.
    """

    told_apart: float
    error: float
    linked: float
    chance: float
    people: int
    clues: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Numbers known of each record on one side, a row each, and what they are."""

    names: tuple[str, ...]
    rows: Floats

    @classmethod
    def of(cls, records: Sequence[Mapping[str, float]]) -> "Side":
        """Line records up; a number that a record lacks is nought there."""
        names = tuple(sorted({name for record in records for name in record}))
        rows = np.array([[record.get(name, 0.0) for name in names] for record in records])
        return cls(names=names, rows=rows)


def attack(one: Side, other: Side, *, known: Bools, classes: Ints) -> Result:
    """Learn from the known rows, where row i belongs to row i, and link all the others.

    Only others of the same class are told apart from the true one: what stands in clear by
    design, or is shared by design, is no success.
    """
    left, right = (_standard(side.rows, known, classes) for side in (one, other))
    together = left[known].T @ right[known] / known.sum()
    pairs = _strongest(np.abs(together))
    scores = np.zeros((int((~known).sum()),) * 2)
    for i, j in pairs:
        scores += _likelihood(left[~known, i], right[~known, j], float(together[i, j]))
    clues = tuple(
        f"{one.names[i]} ~ {other.names[j]} ({together[i, j]:+.2f})" for i, j in pairs[:TRIES]
    )
    return _judge(scores, classes[~known], clues)


def _standard(rows: Floats, known: Bools, classes: Ints) -> Floats:
    """Rank each column, and leave of it what differs within a class: all else helps nobody."""
    ranks: Floats = rankdata(rows, axis=0)
    _, of = np.unique(classes, return_inverse=True)
    sums = np.zeros((of.max() + 1, ranks.shape[1]))
    np.add.at(sums, of, ranks)
    own = ranks - (sums / np.bincount(of)[:, None])[of]
    spread = own[known].std(axis=0)
    scaled: Floats = np.divide(own, spread, out=np.zeros_like(own), where=spread > LEAST_SPREAD)
    return np.clip(scaled, -5, 5)


def _strongest(strength: Floats) -> list[tuple[int, int]]:
    order = np.argsort(strength, axis=None)[::-1]
    many = min(MOST_CLUES, max(TRIES, int((strength >= LEAST_SEEN).sum())))
    rows, columns = np.unravel_index(order[:many], strength.shape)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def _likelihood(x: Floats, y: Floats, r: float) -> Floats:
    """Say how much likelier each pair is as one person's than as two people's."""
    left = max(1 - r * r, SHARPEST)
    apart = y[None, :] - r * x[:, None]
    found: Floats = (y[None, :] ** 2 - apart**2 / left - np.log(left)) / 2
    return np.clip(found, -20, 20)


def _judge(scores: Floats, classes: Ints, clues: tuple[str, ...]) -> Result:
    shares: list[float] = []
    linked, chance, variance = 0.0, 0.0, 0.0
    for one in np.unique(classes):
        own = np.flatnonzero(classes == one)
        if len(own) > 1:
            rivals = len(own) - 1
            within = scores[np.ix_(own, own)]
            behind: Floats = (rankdata(within, axis=1) - 1) / rivals
            even = (within == within.diagonal()[:, None]).sum(axis=1) - 1
            ahead = rivals * behind.diagonal() - even / 2
            shares.extend(behind.diagonal())
            variance += _by_chance(behind)
            linked += float(((ahead + even == rivals) / (1 + even)).sum())
            chance += 1.0
    return Result(
        told_apart=float(np.mean(shares)),
        error=float(np.sqrt(variance)) / len(shares),
        linked=linked,
        chance=chance,
        people=len(shares),
        clues=clues,
    )


def _by_chance(behind: Floats) -> float:
    """Say how far chance moves the sum over all, were partners dealt out within a class.

    The variance of a sum along a permutation (Hoeffding 1951).
    """
    rows, columns = behind.mean(axis=1, keepdims=True), behind.mean(axis=0, keepdims=True)
    apart = behind - rows - columns + behind.mean()
    return float((apart**2).sum()) / (len(behind) - 1)
