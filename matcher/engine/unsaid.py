"""The unsaid part: what peers' full profiles tell about what a seeker did not tick."""

from dataclasses import dataclass

import numpy as np

from matcher.engine.matrices import Bools, Floats, ratio

RIDGE = 0.5
LEAST_VARIANCE = 1e-3
NOISE = 1e-6
NEITHER = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Tendencies:
    """Which needs go together among peers.

    Attributes
    ----------
    open : ndarray of bool, shape (n_needs,)
        The needs that may be guessed; all other arrays have only these as columns.
    mean, spread : ndarray of shape (n_open,)
        Average and standard deviation of what is known of each.
    together : ndarray of shape (n_open, n_open)
        Their covariance; unknown entries count as average, so it stays positive semidefinite.
    more_of_all : ndarray of shape (n_open,)
        The expectation that an average tick causes: simply "more of everything".
    """

    open: Bools
    mean: Floats
    spread: Floats
    together: Floats
    more_of_all: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What seekers may have left unsaid; lives only inside one scoring.

    Attributes
    ----------
    direction : ndarray of shape (n_seekers, n_open)
        Unit rows (or zero rows), zero wherever the seeker told something.
    untold : ndarray of bool, shape (n_seekers, n_open)
        Where the seeker told nothing.
    """

    direction: Floats
    untold: Bools

    @property
    def is_there(self) -> Bools:
        """Tell for each seeker whether anything can be guessed at all."""
        found: Bools = np.any(self.direction != 0, axis=1)
        return found


def learn(peers: Floats, known: Bools, *, may_infer: Bools) -> Tendencies:
    """Learn from peers which needs go together.

    Parameters
    ----------
    peers : ndarray of shape (n_peers, n_needs)
        Lived experience in [0, 1].
    known : ndarray of bool, same shape
        Where a peer has told; the rest is neither yes nor no.
    may_infer : ndarray of bool, shape (n_needs,)
        The columns to learn from and about. The others are cut off here, before anything is
        computed, so they cannot have any effect.

    Returns
    -------
    Tendencies

    Notes
    -----
    Takes O(n_peers * n_open**2). No outcome of any pair is used.
    """
    lived, told = peers[:, may_infer], known[:, may_infer]
    count = told.sum(axis=0).astype(np.float64)
    mean = ratio((lived * told).sum(axis=0), count)
    off = (lived - mean) * told
    spread = np.sqrt(np.maximum(ratio((off**2).sum(axis=0), count), LEAST_VARIANCE))
    together = off.T @ off / max(1, len(lived))
    return Tendencies(
        open=may_infer,
        mean=mean,
        spread=spread,
        together=together,
        more_of_all=_more_of_all(mean, spread, together),
    )


def guess(tendencies: Tendencies, ticks: Floats, known: Bools) -> Guess:
    """Estimate what seekers did not say from nothing but what they said.

    Parameters
    ----------
    tendencies : Tendencies
        What was learned from peers.
    ticks : ndarray of shape (n_seekers, n_needs)
        What seekers told, in [0, 1].
    known : ndarray of bool, same shape
        Where they told something.

    Returns
    -------
    Guess
        The shrunken conditional expectation given the told needs that may be inferred from,
        standardised, without its "more of everything" component, scaled to length 1. A zero
        row for seekers about whom nothing can be said.

    Notes
    -----
    ``E = C[:, K] (C[K, K] + ridge * diag(C[K, K]))**-1 (t[K] - mean[K])`` for the told needs
    K: the best linear prediction [1]_ with a ridge [2]_ of half the variance. Costs
    O(n_seekers * (k**3 + n_open**2)) with k the most needs that one seeker told.
    Departure: the average expectation is projected out, because on real surveys it drew
    everybody to the peers who have lived through most.

    References
    ----------
    .. [1] T. W. Anderson, "An Introduction to Multivariate Statistical Analysis", 3rd ed.,
       Wiley, 2003, section 2.5.
    .. [2] A. E. Hoerl and R. W. Kennard, "Ridge Regression", Technometrics 12(1), 1970.
    """
    told = known[:, tendencies.open]
    evidence = _evidence(tendencies, ticks[:, tendencies.open], told)
    expected = evidence @ tendencies.together / tendencies.spread * ~told
    common = _unit(tendencies.more_of_all * ~told)
    special = expected - (expected * common).sum(axis=1, keepdims=True) * common
    is_noise = np.linalg.norm(special, axis=1) <= NOISE * np.linalg.norm(expected, axis=1)
    special[is_noise] = 0.0
    return Guess(direction=_unit(special), untold=~told)


def agreement(tendencies: Tendencies, guessed: Guess, peers: Floats, known: Bools) -> Floats:
    """Compare what seekers may have left unsaid with what peers lived through.

    Parameters
    ----------
    tendencies : Tendencies
        What was learned from peers (these or others).
    guessed : Guess
        About n_seekers people.
    peers, known : ndarray of shape (n_peers, n_needs)
        Lived experience in [0, 1], and where it is known.

    Returns
    -------
    ndarray of shape (n_seekers, n_peers)
        In [0, 0.7]: 0.2, plus half the cosine over the needs the seeker left open, cut at 0.
        On this scale a typical pair of a drawn pool has about the same unsaid as said part,
        so consenting to the unsaid part neither raises nor lowers somebody's turn.

    Notes
    -----
    Two matrix products, O(n_seekers * n_peers * n_open). An unknown entry of a peer counts
    as average: it adds nothing for or against.
    """
    told = known[:, tendencies.open]
    off = (peers[:, tendencies.open] - tendencies.mean) / tendencies.spread * told
    lengths = np.sqrt(guessed.untold.astype(np.float64) @ (off**2).T)
    cosine = ratio(guessed.direction @ off.T, lengths)
    return np.clip(NEITHER + cosine / 2, 0.0, 1.0)


def _more_of_all(mean: Floats, spread: Floats, together: Floats) -> Floats:
    variance = np.diag(together)
    pull = ratio(mean * (1 - mean), variance * (1 + RIDGE))
    total: Floats = (together @ pull - variance * pull) / spread
    return total


def _evidence(tendencies: Tendencies, ticks: Floats, told: Bools) -> Floats:
    """Solve one small system a seeker, all padded to the same size and solved at once."""
    size = int(told.sum(axis=1).max(initial=0))
    columns = np.argsort(~told, axis=1, kind="stable")[:, :size]
    is_real = np.take_along_axis(told, columns, axis=1)
    variance = np.diag(tendencies.together)
    both = is_real[:, :, None] & is_real[:, None, :]
    system = tendencies.together[columns[:, :, None], columns[:, None, :]] * both
    steps = np.arange(size)
    ridge = RIDGE * variance[columns] + NOISE
    system[:, steps, steps] += np.where(is_real, ridge, 1.0)
    surprise = (np.take_along_axis(ticks, columns, axis=1) - tendencies.mean[columns]) * is_real
    solved = np.linalg.solve(system, surprise[:, :, None])[:, :, 0]
    spread_out = np.zeros_like(ticks)
    np.put_along_axis(spread_out, columns, solved * is_real, axis=1)
    return spread_out


def _unit(rows: Floats) -> Floats:
    return ratio(rows, np.linalg.norm(rows, axis=-1, keepdims=True))
