"""How well a peer fits what a seeker said, and what they may have left unsaid."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.domain.errors import InvalidMatrixError
from matcher.engine import matrices, unsaid
from matcher.engine.matrices import Floats, ratio
from matcher.engine.parts import Asked, Parts, Told

HALF_KNOWN = 0.5
FEWEST_PEERS = 2


class PeerSimilarity(BaseEstimator):  # type: ignore[misc] # scikit-learn ships no types
    """Score pairs of a seeker and a peer by what was said and what was left unsaid.

    Parameters
    ----------
    unsaid_weight : float, default 0.5
        Lambda: the share of the unsaid part in a score, in [0, 1].
    never_infer : sequence of int, default ()
        Columns that take no part in guessing: not as evidence, not as a guess, not in the
        comparison.
    weights : array_like of shape (n_needs,), optional
        How much each need counts, 0 or more; None means all the same.
    full_from_peers : int, default 30
        From how many fitted peers on the unsaid part counts in full; peers are counted by
        how many told about both of two needs (`matcher.engine.unsaid.witnesses`). Below,
        lambda falls smoothly (``3x**2 - 2x**3``) and reaches 0 at two peers, who tell nothing
        about what goes together.

    Attributes
    ----------
    n_features_in_ : int
        The number of needs.
    weights_ : ndarray of shape (n_needs,)
        The weights in use.
    tendencies_ : matcher.engine.unsaid.Tendencies
        Which needs go together.
    unsaid_weight_ : float
        Lambda after the cold start.

    Notes
    -----
    ``score = (1 - lambda) * share / 2 + lambda * unsaid``. `share` is the weighted overlap:
    nothing that a peer carries besides counts for or against them there. That is left to the
    unsaid part (`matcher.engine.unsaid`), which estimates from peers alone what agreement to
    expect over the needs that the seeker left open: it prefers neither peers who have lived
    through everything, as overlap alone does, nor those who have lived through little, as
    Jaccard and cosine do, but whoever resembles people who tick this. `tests/bench/study.py`
    compares it with other forms on any survey.

    Departures for unknown entries: of a peer, a ticked need that is unknown shares nothing
    and counts half in the denominator (between a yes and a no); in the unsaid part it counts
    as average.
    """

    def __init__(
        self,
        unsaid_weight: float = 0.5,
        never_infer: Sequence[int] = (),
        *,
        weights: ArrayLike | None = None,
        full_from_peers: int = 30,
    ) -> None:
        self.unsaid_weight = unsaid_weight
        self.never_infer = never_infer
        self.weights = weights
        self.full_from_peers = full_from_peers

    def fit(self, peers: ArrayLike, known: ArrayLike | None = None) -> Self:
        """Learn from peers what is common and what goes together.

        Parameters
        ----------
        peers : array_like of shape (n_peers, n_needs)
            Lived experience in [0, 1]. No peers and no needs are allowed.
        known : array_like of bool, same shape, optional
            Where a peer has told; None means everywhere.

        Returns
        -------
        PeerSimilarity
            Itself.

        Raises
        ------
        InvalidMatrixError
            If a shape, an entry or a parameter is out of its range.

        Notes
        -----
        Takes O(n_peers * n_needs**2) time and O((n_peers + n_needs) * n_needs) memory.
        """
        if not matrices.is_number(self.unsaid_weight) or not 0 <= self.unsaid_weight <= 1:
            raise InvalidMatrixError("the unsaid weight has to be a number from 0 to 1")
        fewest = self.full_from_peers
        if not matrices.is_whole(fewest) or fewest < FEWEST_PEERS:
            raise InvalidMatrixError(f"full_from_peers has to be {FEWEST_PEERS} or more")
        told = self._told(matrices.answers("peers", peers), known)
        columns = told.lived.shape[1]
        self.n_features_in_ = columns
        self.weights_ = matrices.column_weights(self.weights, columns=columns)
        is_closed = matrices.column_mask(self.never_infer, columns=columns)
        self.tendencies_ = unsaid.learn(told.lived, told.known, may_infer=~is_closed)
        witnesses = unsaid.witnesses(told.known[:, ~is_closed])
        self.unsaid_weight_ = self.unsaid_weight * self._warmth(witnesses)
        return self

    def score_pairs(
        self,
        ticks: ArrayLike,
        peers: ArrayLike,
        *,
        known: ArrayLike | None = None,
        peers_known: ArrayLike | None = None,
        consent: ArrayLike | None = None,
    ) -> Floats:
        """Score every pair.

        Parameters
        ----------
        ticks : array_like of shape (n_seekers, n_needs)
            What seekers told, in [0, 1]; an answer counts as much as it is high.
        peers : array_like of shape (n_peers, n_needs)
            Lived experience in [0, 1]; need not be the fitted peers.
        known : array_like of bool, shape (n_seekers, n_needs), optional
            Which entries of `ticks` are answers; None means those above 0. What stands in the
            others has no effect.
        peers_known : array_like of bool, shape (n_peers, n_needs), optional
            Where peers have told; None means everywhere.
        consent : array_like of bool, shape (n_seekers,), optional
            Who agreed to the unsaid part; None means everybody.

        Returns
        -------
        ndarray of shape (n_seekers, n_peers)
            Scores in [0, 1]. They may be added up over seekers: an absolute scale that does
            not depend on how many needs somebody ticked. 1/2 is the said part of a peer who
            has lived through everything asked for; the unsaid part is set to the same scale.
            Without consent, or where nothing can be guessed, a score is the said part alone.
            A seeker without ticks scores 0.

        Raises
        ------
        InvalidMatrixError
            If a shape differs or an entry is not in [0, 1].
        sklearn.exceptions.NotFittedError
            Before `fit`.

        Notes
        -----
        Takes O(n_seekers * n_peers * n_needs) time and O(n_seekers * n_peers) memory: score
        large pools block by block; a row does not depend on the other rows.
        """
        check_is_fitted(self)
        columns = self.n_features_in_
        asked = self._asked(matrices.answers("ticks", ticks, columns=columns), known, consent)
        told = self._told(matrices.answers("peers", peers, columns=columns), peers_known)
        return self.parts(asked, told).score

    def parts(self, asked: Asked, told: Told) -> Parts:
        """Score every pair and keep the parts apart.

        Parameters
        ----------
        asked : Asked
            What n_seekers people told, already checked.
        told : Told
            What n_peers people told, already checked.

        Returns
        -------
        Parts
            Matrices of shape (n_seekers, n_peers).

        Notes
        -----
        O(n_seekers * n_peers * n_needs) like `score_pairs`, in four matrix products.
        """
        check_is_fitted(self)
        wanted = self.wanted(asked)
        lived = told.lived * told.known
        shared = wanted @ lived.T
        total = wanted @ (told.known + HALF_KNOWN * ~told.known).T
        guessed = unsaid.guess(self.tendencies_, asked.ticks, asked.known)
        trusts = asked.consent & guessed.is_there
        agrees = unsaid.agreement(self.tendencies_, guessed, told.lived, told.known)
        return Parts(
            share=ratio(shared, total),
            unsaid=agrees * trusts[:, None],
            unsaid_share=self.unsaid_weight_ * trusts[:, None].astype(np.float64),
        )

    def wanted(self, asked: Asked) -> Floats:
        """Weigh what was asked for: ticks by what matters and by the rules' weights.

        Parameters
        ----------
        asked : Asked
            What n_seekers people told.

        Returns
        -------
        ndarray of shape (n_seekers, n_needs)
            0 or more; only ratios within a row count. O(n_seekers * n_needs).
        """
        return asked.ticks * asked.matters * self.weights_

    def _warmth(self, n_peers: float) -> float:
        span = max(1, self.full_from_peers - FEWEST_PEERS)
        part = min(1.0, max(0.0, (n_peers - FEWEST_PEERS) / span))
        return part * part * (3 - 2 * part)

    def _asked(
        self, ticks: Floats, known: ArrayLike | None, consent: ArrayLike | None
    ) -> Asked:
        said = ticks > 0 if known is None else known
        is_told = matrices.mask("known", said, shape=ticks.shape)
        everybody = np.ones(len(ticks), dtype=np.bool_)
        agreed = everybody if consent is None else consent
        return Asked(
            ticks=ticks * is_told,
            matters=np.ones_like(ticks),
            known=is_told,
            consent=matrices.mask("consent", agreed, shape=(len(ticks),)),
        )

    def _told(self, lived: Floats, known: ArrayLike | None) -> Told:
        if known is None:
            return Told(lived=lived, known=np.ones(lived.shape, dtype=np.bool_))
        return Told(lived=lived, known=matrices.mask("known", known, shape=lived.shape))
