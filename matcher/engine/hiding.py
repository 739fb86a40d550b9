"""What hiding teaches: peers taken for seekers who tick a few needs and leave the rest open."""

from dataclasses import dataclass

import numpy as np

from matcher.engine.matrices import Bools, Floats, Ints, ratio

MOST_TICKS = 6
LEFT_OPEN = 2
RIDGE = 0.1
NOISE = 1e-6
TREND = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What peers tell when they are taken for seekers.

    Attributes
    ----------
    average : ndarray of shape (n_needs,)
        What is left open on average, each peer scaled to length 1.
    usual : ndarray of shape (n_needs,)
        How often each need is ticked.
    together : ndarray of shape (n_needs, n_needs)
        What ticking a need (a row) more often than is usual adds to each other need.
    ticked : ndarray of shape (n_needs, n_needs)
        The covariance of ticks.
    """

    average: Floats
    usual: Floats
    together: Floats
    ticked: Floats


def hide(standard: Floats, lives: Bools) -> Hidden:
    """Regress what peers would leave open on what they would tick.

    Parameters
    ----------
    standard : ndarray of shape (n_peers, n_needs)
        What peers told, centred on the average and divided by the spread; 0 if unknown.
    lives : ndarray of bool, same shape
        What they have lived through, and so may tick.

    Returns
    -------
    Hidden
        Zeros where nobody has lived through more than `LEFT_OPEN` needs.

    Notes
    -----
    Takes O(n_peers * n_needs**2 + n_needs**3): a ridge regression [1]_ on the exact moments
    of ticks drawn without replacement; see `matcher.engine.unsaid.learn`.

    References
    ----------
    .. [1] A. E. Hoerl and R. W. Kennard, "Ridge Regression", Technometrics 12(1), 1970.
    """
    burden = lives.sum(axis=1)
    enough = burden > LEFT_OPEN
    has, count = lives[enough].astype(np.float64), burden[enough, None].astype(np.float64)
    ticks = np.minimum(np.arange(1, MOST_TICKS + 1), count - LEFT_OPEN)
    one = has * (ticks / count).mean(axis=1, keepdims=True)
    two = has * (ticks * (ticks - 1) / (count * (count - 1))).mean(axis=1, keepdims=True)
    n_people = max(1, len(has))
    usual = one.sum(axis=0) / n_people
    both = hollow(two.T @ has / n_people) + np.diag(usual)
    ticked = both - np.outer(usual, usual)
    left = standard[enough]
    length = np.sqrt((left**2 * (1 - one)).sum(axis=1, keepdims=True))
    left = ratio(left, np.broadcast_to(length, left.shape))
    average = ratio((left * (1 - one)).sum(axis=0), (1 - one).sum(axis=0))
    special = left - average
    goes_with = hollow(one.T @ special - two.T @ (special * has)) / n_people
    ridge = np.diag(RIDGE * np.diag(ticked) + NOISE)
    together = np.linalg.solve(ticked + ridge, goes_with).astype(np.float64)
    return Hidden(average=average, usual=usual, together=together, ticked=ticked)


def unseen(burden: Ints) -> tuple[float, float]:
    """Estimate how many people carry too little to be among the peers.

    Parameters
    ----------
    burden : ndarray of int, shape (n_peers,)
        How many needs each peer has lived through.

    Returns
    -------
    tuple of float
        How many people who have lived through `LEFT_OPEN` needs or fewer are missing among
        the peers, and how many needs they have lived through, all together. Both are 0 where
        as many as expected are there, and where nobody carries just one need more.

    Notes
    -----
    Takes O(n_peers). Who carries little does not offer to talk about it, so the average over
    peers is not the average over people: against it, whoever shares a need that few have
    would look no more alike than whoever lacks it too. The counts of the lightest peers
    are carried on downwards by their own trend, never growing (a truncated distribution,
    completed geometrically; compare [1]_, who estimates those never seen from the rarest).

    References
    ----------
    .. [1] A. Chao, "Nonparametric Estimation of the Number of Classes in a Population",
       Scandinavian Journal of Statistics 11(4), 1984.
    """
    least = LEFT_OPEN + 1
    counts = np.bincount(burden, minlength=least + 2 * TREND)
    light = counts[least : least + TREND].sum()
    heavier = counts[least + TREND : least + 2 * TREND].sum() + 1
    trend = min(1.0, (light / heavier) ** (1 / TREND))
    level = min(counts[least], light / TREND * trend)
    expected = level * trend ** np.arange(least, 0, -1)
    missing = np.maximum(0.0, expected - counts[:least])
    return float(missing.sum()), float(missing @ np.arange(least))


def hollow(square: Floats) -> Floats:
    """Take the diagonal out.

    Parameters
    ----------
    square : ndarray of shape (n, n)
        Any numbers.

    Returns
    -------
    ndarray of shape (n, n)
        The same with zeros on the diagonal.

    Notes
    -----
    Takes O(n**2).
    """
    return square * ~np.eye(len(square), dtype=np.bool_)
