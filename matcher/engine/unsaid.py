"""The unsaid part: what peers' full profiles tell about what a seeker did not tick."""

from dataclasses import dataclass

import numpy as np

from matcher.engine.hiding import hide, hollow, unseen
from matcher.engine.matrices import Bools, Floats, ratio

LIVED = 0.5
LEAST_VARIANCE = 1e-3
NOISE = 1e-6
USUAL, PAIR = 2, 2
ALONE, TOGETHER = 0.2, 0.55
SURE_AT, FEW = 60, 30
FRANK = 3.0
NEITHER = 0.23
"""Chosen together over three surveys, each time leaving one out (`poe study`), and rounded;
`NEITHER` on drawn pools of 120 to 800 seekers, so that who consents is placed about as often
as who does not, whatever the supply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tendencies:
    """Which needs go together among peers.

    Attributes
    ----------
    open : ndarray of bool, shape (n_needs,)
        The needs that may be guessed; all other arrays have only these as columns.
    mean, spread : ndarray of shape (n_open,)
        What each is among people, and how far peers are from that; see `hiding.unseen`.
    alone : ndarray of shape (n_open, n_open)
        What each answer, on its own, tells about each other need: weighed correlations.
    average : ndarray of shape (n_open,)
        What a seeker has left open on average, whatever they ticked, less what the usual
        ticks tell by `alone`: so both predictors tell how this seeker differs from others.
    usual : ndarray of shape (n_open,)
        How often each need is ticked.
    together : ndarray of shape (n_open, n_open)
        What ticking a need (a row) more often than is usual tells about each other need,
        given the other ticks and how many there are.
    """

    open: Bools
    mean: Floats
    spread: Floats
    alone: Floats
    average: Floats
    usual: Floats
    together: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What seekers may have left unsaid; lives only inside one scoring.

    Attributes
    ----------
    direction : ndarray of shape (n_seekers, n_open)
        Zero wherever the seeker told something, and for a seeker who told nothing at all.
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
    Two linear predictors of the seeker's standardised, unticked needs, scaled to length 1
    (which is what the cosine of `agreement` compares), each brought to the same spread over
    pairs and added:

    - `together`: a ridge regression [1]_ on ticks, learned by hiding. Each peer is taken for
      a seeker who ticks k of the n needs they have lived through, drawn by lot, with k up to
      `hiding.MOST_TICKS` and at least `hiding.LEFT_OPEN` left. No draw is made: the moments
      of ticks drawn without replacement are known (k/n and k(k-1)/(n(n-1)) for one and two),
      so the regression is their exact limit, but for the length of the hidden part, which is
      taken at its mean square.
    - `alone`: the sum of correlations with what was told, yes or no, each shrunk by what
      chance gives: the limit of the best linear prediction [2]_ under a strong ridge, less
      what the usual ticks would give. With
      few peers it is the steadier one.

    What is left open on average is known more surely than what goes with some ticks, so it
    counts 1 + `SURE_AT` / n_peers times (as if n_peers were never below `FEW`): the fewer
    peers, the more the special part is shrunk towards the average.

    Both parts vary as far as the said part of one tick does, times `ALONE` and `TOGETHER`.

    Takes O(n_peers * n_open**2 + n_open**3). No outcome of any pair is used. The order of the
    peers has no effect beyond rounding.

    References
    ----------
    .. [1] A. E. Hoerl and R. W. Kennard, "Ridge Regression", Technometrics 12(1), 1970.
    .. [2] T. W. Anderson, "An Introduction to Multivariate Statistical Analysis", 3rd ed.,
       Wiley, 2003, section 2.5.
    """
    lived, told = peers[:, may_infer], known[:, may_infer]
    mean, spread = _usual(lived, told)
    standard = (lived - mean) / spread * told
    hidden = hide(standard, (lived >= LIVED) & told)
    peers_at = _unit(standard)
    among = peers_at.T @ peers_at / max(1, len(peers_at))
    correlation = _reliable(standard, told)
    surprise = (1 - mean) / spread
    sure = 1 + SURE_AT / max(FEW, witnesses(told))
    moments = hidden.ticked + np.outer(hidden.usual, hidden.usual)
    evidence = surprise[:, None] * moments * surprise
    said = np.sqrt(hidden.usual @ spread**2 / max(hidden.usual.sum(), NOISE))
    alone = ALONE * said / _spread(correlation @ evidence @ correlation, among)
    guessed = hidden.together.T @ hidden.ticked @ hidden.together
    guessed += np.outer(hidden.average, hidden.average)
    together = TOGETHER * said / _spread(guessed, among)
    return Tendencies(
        open=may_infer,
        mean=mean,
        spread=spread,
        alone=alone * correlation,
        average=sure * together * hidden.average
        - alone * (hidden.usual * surprise) @ correlation,
        usual=hidden.usual,
        together=together * hidden.together,
    )


def witnesses(known: Bools) -> float:
    """Count the peers who can tell what goes together.

    Parameters
    ----------
    known : ndarray of bool, shape (n_peers, n_needs)
        Where a peer has told.

    Returns
    -------
    float
        How many peers told about both of two needs, on average over the pairs of needs: all
        of them where everything is known, few where most kept most to themselves. Without
        two needs, all of them.

    Notes
    -----
    Takes O(n_peers * n_needs).
    """
    n_peers, n_needs = known.shape
    if n_needs < PAIR:
        return float(n_peers)
    told = known.sum(axis=1).astype(np.float64)
    return float((told * (told - 1)).sum() / (n_needs * (n_needs - 1)))


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
        A zero row for seekers who told nothing that may be inferred from.

    Notes
    -----
    Ticks are picked from what somebody carries, so `together`, which was learned from such
    picks, leads. The larger the share of "no" among the answers, the less they are picks and
    the more each counts as it stands: `alone` grows to (1 + `FRANK`) times,
    `together` fades. O(n_seekers * n_open**2).
    """
    told = known[:, tendencies.open]
    said = ticks[:, tendencies.open] * told
    surprise = (said - tendencies.mean) / tendencies.spread * told
    hiding = tendencies.average + (said - tendencies.usual) @ tendencies.together
    denied = (told & (said <= 0)).sum(axis=1, keepdims=True).astype(np.float64)
    frank = ratio(denied, told.sum(axis=1, keepdims=True).astype(np.float64))
    expected = (1 + FRANK * frank) * (surprise @ tendencies.alone) + (1 - frank) * hiding
    return Guess(direction=expected * ~told * told.any(axis=1, keepdims=True), untold=~told)


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
        In [0, 1]: `NEITHER` plus half the weighed expectation of the cosine over the needs
        that the seeker left open. On this scale the pairs that a round makes have about the
        same unsaid as said part, so consenting to the unsaid part neither raises nor lowers
        somebody's turn.

    Notes
    -----
    Two matrix products, O(n_seekers * n_peers * n_open). An unknown entry of a peer counts
    as average: it adds nothing for or against.
    """
    told = known[:, tendencies.open]
    off = (peers[:, tendencies.open] - tendencies.mean) / tendencies.spread * told
    lengths = np.sqrt(guessed.untold.astype(np.float64) @ (off**2).T)
    expected = ratio(guessed.direction @ off.T, lengths)
    return np.clip(NEITHER + expected / 2, 0.0, 1.0)


def _usual(lived: Floats, told: Bools) -> tuple[Floats, Floats]:
    """Give the average and spread of each need, as if `USUAL` more had told what is usual.

    Without them a need that one peer told about would have no spread, and each other answer
    to it would be a wonder.
    """
    count, all_told = told.sum(axis=0).astype(np.float64), max(1, told.sum())
    total = (lived * told).sum(axis=0)
    mean = (total + USUAL * total.sum() / all_told) / (count + USUAL)
    absent, lighter = unseen(((lived >= LIVED) & told).sum(axis=1))
    carried = max(NOISE, mean.sum())
    mean *= (len(lived) + lighter / carried) / max(1.0, len(lived) + absent)
    squares = ((lived - mean) * told) ** 2
    variance = (squares.sum(axis=0) + USUAL * squares.sum() / all_told) / (count + USUAL)
    return mean, np.sqrt(np.maximum(variance, LEAST_VARIANCE))


def _reliable(standard: Floats, told: Bools) -> Floats:
    """Correlate needs with each other, each correlation shrunk by what chance alone gives."""
    n_peers = max(1, len(standard))
    correlation = hollow(standard.T @ standard / n_peers)
    both = told.astype(np.float64)
    by_chance = both.T @ both / n_peers**2
    return correlation * ratio(correlation**2, correlation**2 + by_chance)


def _spread(guessed: Floats, among: Floats) -> float:
    """Tell how far such guesses differ over pairs; never 0."""
    return float(np.sqrt(max((guessed * among).sum(), NOISE**2)))


def _unit(rows: Floats) -> Floats:
    return ratio(rows, np.linalg.norm(rows, axis=-1, keepdims=True))
