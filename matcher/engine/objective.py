"""What a round aims at: the best fit, most people, or the worst-off need first."""

import numpy as np

from matcher.domain.rules import Objective, Rules
from matcher.engine.building import raised
from matcher.engine.candidates import best
from matcher.engine.fairness import fairest
from matcher.engine.matrices import Bools, Floats, Ints
from matcher.engine.pairing import Effort, Paired, pair_up
from matcher.engine.pool import Pool

TIMES_THE_BEST = 4.0


def bonus(rules: Rules, urgency: Floats) -> float:
    """Say what a pair is worth besides its score.

    Parameters
    ----------
    rules : Rules
        0 for every objective but "most people".
    urgency : ndarray of shape (n_seekers,)
        The factors that raise turns.

    Returns
    -------
    float
        So much that one more pair is worth it wherever it costs others no more than some
        `TIMES_THE_BEST` of the best score there could be.

    Notes
    -----
    A larger bonus could be needed only where one more pair means that a long chain of others
    move to worse fits.
    """
    if rules.objective is not Objective.MOST:
        return 0.0
    return TIMES_THE_BEST * float(urgency.max(initial=1.0))


def pair_fairly(pool: Pool, places: Ints, effort: Effort, ticks: Bools) -> Paired:
    """Pair the people of one pool so that the worst-off need is met most often.

    Parameters
    ----------
    pool, places, effort
        As for `matcher.engine.pairing.pair_up`.
    ticks : ndarray of bool, shape (n_seekers, n_needs)
        What each seeker asked for.

    Returns
    -------
    Paired
        The fairest of a few rounds, see `matcher.engine.fairness.fairest`. Its gap is about
        the turns of that round.

    Notes
    -----
    Takes up to six times as long as one round.
    """
    urgency = pool[0].urgency
    tried: list[Paired] = []

    def solve(factors: Floats) -> Ints:
        tried.append(pair_up(raised(pool, urgency * factors), places, effort))
        return tried[-1].assignment.columns

    rows = np.arange(len(urgency))
    top = best(pool, rows, 1)
    promise = np.zeros(len(urgency))
    promise[np.diff(top.indptr) > 0] = top.data
    chosen = fairest(solve, ticks=ticks, promise=promise)
    return next(one for one in tried if one.assignment.columns is chosen)
