"""Which need is worst off in a round, and how to raise the people who have it."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from matcher.domain.errors import InvalidMatrixError
from matcher.engine.matrices import Bools, Floats, Ints, mask

NOBODY = -1
TRIES = 6
LEAST_SEEKERS = 11
MOST_RAISED = 64.0


class Turn(NamedTuple):
    """One try at a fair round.

    Attributes
    ----------
    factors : array_like of shape (n_seekers,)
        By what each seeker's scores were multiplied; begin with 1 for everybody.
    matched, reachable : array_like of bool, shape (n_seekers,)
        Who found somebody, and whom at least one peer could be offered to.
    """

    factors: ArrayLike
    matched: ArrayLike
    reachable: ArrayLike


class WorstOff(NamedTuple):
    """The need whose seekers found somebody least often.

    Attributes
    ----------
    need : int
        Its column.
    rate : float
        The share of its seekers who found somebody, in [0, 1].
    """

    need: int
    rate: float


def fairest(
    solve: Callable[[Floats], Ints],
    *,
    ticks: ArrayLike,
    promise: ArrayLike,
    tries: int = TRIES,
) -> Ints:
    """Solve a round a few times, and keep the one whose worst-off need is best off.

    Parameters
    ----------
    solve : callable
        Takes a factor for each seeker's scores, shape (n_seekers,), 1 or more, and returns
        each one's peer or -1: the best assignment under these factors.
    ticks : array_like of bool, shape (n_seekers, n_needs)
        What each seeker asked for.
    promise : array_like of shape (n_seekers,)
        How well each seeker could be matched at best, before factors; 0 where no peer can be
        offered to them.
    tries : int, default 6
        How often `solve` is called at most, 1 or more.

    Returns
    -------
    ndarray of int, shape (n_seekers,)
        What `solve` returned: of all tries the one with the highest share for the need whose
        seekers found somebody least often, the first of equals. The first try has factor 1
        for everybody, so that no round is less fair than without.

    Raises
    ------
    InvalidMatrixError
        As for `raised`.

    Notes
    -----
    Ends early where no need has enough seekers to speak of, or nobody is left to raise. Takes
    `tries` times `solve`.
    """
    hopes = np.asarray(promise, dtype=np.float64)
    reachable = hopes > 0
    factors = np.ones(hopes.shape)
    best = solve(factors)
    found = best != NOBODY
    worst = highest = worst_off(ticks, found, reachable)
    for _ in range(tries - 1):
        if worst is None or highest is None:
            break
        before = factors
        factors = raised(Turn(before, found, reachable), ticks=ticks, promise=hopes)
        if (factors == before).all():
            break
        chosen = solve(factors)
        found = chosen != NOBODY
        worst = worst_off(ticks, found, reachable)
        if worst is not None and worst.rate > highest.rate:
            best, highest = chosen, worst
    return best


def match_rates(ticks: ArrayLike, matched: ArrayLike, reachable: ArrayLike) -> Floats:
    """Tell how often the seekers with each need found somebody.

    Parameters
    ----------
    ticks : array_like of bool, shape (n_seekers, n_needs)
        What each seeker asked for.
    matched, reachable : array_like of bool, shape (n_seekers,)
        Who found somebody, and whom at least one peer could be offered to. Only these count:
        no order of turns helps somebody whom nobody may meet.

    Returns
    -------
    ndarray of shape (n_needs,)
        The share in [0, 1]; NaN for a need with fewer than `LEAST_SEEKERS` such seekers, whose
        share would say more of chance than of the round.

    Raises
    ------
    InvalidMatrixError
        If the shapes do not fit, or an entry is no truth value.

    Notes
    -----
    Takes O(n_seekers * n_needs).
    """
    table, found, counted = _round(ticks, matched, reachable)
    with_need = table[counted].sum(axis=0)
    won = table[counted & found].sum(axis=0)
    return np.where(with_need >= LEAST_SEEKERS, won / np.maximum(with_need, 1), np.nan)


def worst_off(ticks: ArrayLike, matched: ArrayLike, reachable: ArrayLike) -> WorstOff | None:
    """Find the need whose seekers found somebody least often.

    Parameters
    ----------
    ticks, matched, reachable : array_like
        As for `match_rates`.

    Returns
    -------
    WorstOff or None
        The first of equals; None where no need has enough seekers.

    Raises
    ------
    InvalidMatrixError
        As for `match_rates`.

    Notes
    -----
    Takes O(n_seekers * n_needs).
    """
    rates = match_rates(ticks, matched, reachable)
    if np.isnan(rates).all():
        return None
    need = int(np.nanargmin(rates))
    return WorstOff(need=need, rate=float(rates[need]))


def raised(current: Turn, *, ticks: ArrayLike, promise: ArrayLike) -> Floats:
    """Raise as many of the seekers who found nobody as would even out their needs.

    Parameters
    ----------
    current : Turn
        What was tried and what came of it.
    ticks : array_like of bool, shape (n_seekers, n_needs)
        What each seeker asked for.
    promise : array_like of shape (n_seekers,)
        How well each seeker could be matched at best: among equals the most promising is
        raised first, so that fairness costs as little fit as it can.

    Returns
    -------
    ndarray of shape (n_seekers,)
        Factors for the next try: twice as high, `MOST_RAISED` at most, for the raised ones;
        nobody's is lowered.

    Raises
    ------
    InvalidMatrixError
        As for `match_rates`, or if a factor or promise is not 0 or more and finite.

    Notes
    -----
    A step of progressive filling towards max-min fairness [1]_, with the doubled factors of
    multiplicative weights [2]_: needs are taken from the worst off on; of each that is behind
    the round as a whole, as many seekers are raised as it lacks, those raised before first.
    Departures: the shares are of people, who may have several needs and count for each; whole
    rounds are solved anew in between, and the caller keeps the best of a few tries instead of
    going on to the end. To raise single people, not everybody with a need, is what keeps it
    from swinging: when all were raised alike, the need that had been worst off took all peers,
    and the next one had none. Takes O(n_seekers * n_needs) and a sort for each need behind.

    References
    ----------
    .. [1] D. Bertsekas, R. Gallager, "Data Networks", 2nd edition, Prentice Hall, 1992,
       section 6.5.2.
    .. [2] S. Arora, E. Hazan, S. Kale, "The Multiplicative Weights Update Method: a
       Meta-Algorithm and Applications", Theory of Computing 8, 2012.
    """
    table, found, counted = _round(ticks, current.matched, current.reachable)
    factors = _amounts("factors", current.factors, counted.shape)
    hopes = _amounts("promises", promise, counted.shape)
    rates = match_rates(table, found, counted)
    overall = found[counted].mean() if counted.any() else 0.0
    rises = np.zeros(counted.shape, dtype=np.bool_)
    for need in np.argsort(rates)[: np.count_nonzero(rates < overall)]:
        waiting = np.flatnonzero(table[:, need] & counted & ~found & ~rises)
        with_need = np.count_nonzero(table[:, need] & counted)
        lacks = int(np.ceil(with_need * (overall - rates[need])))
        lacks -= int(np.count_nonzero(table[:, need] & rises))  # raised for a worse off need
        order = np.lexsort((hopes[waiting], factors[waiting]))[::-1]
        rises[waiting[order][: max(lacks, 0)]] = True
    return np.where(rises, np.minimum(2 * factors, MOST_RAISED), factors)


def _round(
    ticks: ArrayLike, matched: ArrayLike, reachable: ArrayLike
) -> tuple[Bools, Bools, Bools]:
    table = np.asarray(ticks)
    if table.ndim != 2:  # noqa: PLR2004 - rows by columns
        raise InvalidMatrixError("the ticks are no table")
    n_seekers = (len(table),)
    return (
        mask("the ticks", table, shape=table.shape),
        mask("who found somebody", matched, shape=n_seekers),
        mask("who could be offered somebody", reachable, shape=n_seekers),
    )


def _amounts(name: str, given: ArrayLike, shape: tuple[int, ...]) -> Floats:
    found = np.asarray(given, dtype=np.float64)
    if found.shape != shape or not (np.isfinite(found) & (found >= 0)).all():
        raise InvalidMatrixError(f"the {name} are not one number of 0 or more a seeker")
    return found
