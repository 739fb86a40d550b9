"""Why a pair scores what it scores."""

from dataclasses import dataclass

import numpy as np

from matcher.domain.needs import NeedId
from matcher.engine.matrices import Floats, ratio
from matcher.engine.parts import SAID
from matcher.engine.scoring import Scorer


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The parts of one pair's score.

    Attributes
    ----------
    needs : dict of NeedId to float
        What each need that both share contributes to the said part, the most first.
    unsaid : float
        What the guess contributes as a whole; it is never told need by need.
    listening : float
        What it counts to be a listener for somebody who just wants to talk.
    terms : dict of str to float
        The small terms by name.
    share : float
        How much of what was asked for the peer has lived through, in [0, 1]: what the rules'
        floor reads. Not a part: the contributions of `needs` already hold it.
    """

    needs: dict[NeedId, float]
    unsaid: float
    listening: float
    terms: dict[str, float]
    share: float

    @property
    def total(self) -> float:
        """Add the parts up: the score, to 1e-9."""
        return (
            sum(self.needs.values()) + self.unsaid + self.listening + sum(self.terms.values())
        )

    @property
    def best_first(self) -> tuple[NeedId, ...]:
        """Name the shared needs, the one that contributes most first."""
        return tuple(self.needs)


def explain(scorer: Scorer, seeker: int, peer: int) -> Explanation:
    """Take the score of one pair apart.

    Parameters
    ----------
    scorer : Scorer
        What scored the pair.
    seeker, peer : int
        Rows of the two, from 0.

    Returns
    -------
    Explanation
        Its `total` equals ``scorer.worth(...).score`` of the pair to 1e-9. It names only
        needs that the seeker ticked and the peer lived through.

    Raises
    ------
    IndexError
        If there is no such row.

    Notes
    -----
    Scores one seeker with all peers: O(n_peers * n_needs). For the order of the needs alone
    see `shared_needs`.
    """
    if not 0 <= seeker < len(scorer.seekers.main) or not 0 <= peer < len(scorer.peers.region):
        raise IndexError("there is no such pair")
    worth = scorer.worth(slice(seeker, seeker + 1))
    trust = float(worth.parts.unsaid_share[0, 0])
    said = (1 - trust) * SAID * float(worth.parts.share[0, peer])
    shares = _shares(scorer, seeker, peer)
    order = shared_needs(scorer, seeker, peer)
    return Explanation(
        needs={need: said * float(shares[scorer.columns.at[need]]) for need in order},
        unsaid=trust * float(worth.parts.unsaid[0, peer]),
        listening=float(worth.listening[0, 0]),
        terms={name: float(term[0, peer]) for name, term in worth.terms.items()},
        share=float(worth.said[0, peer]),
    )


def shared_needs(scorer: Scorer, seeker: int, peer: int) -> tuple[NeedId, ...]:
    """Name the needs both share, the one that contributes most to the score first.

    Parameters
    ----------
    scorer : Scorer
        What scored the pair.
    seeker, peer : int
        Rows of the two, from 0.

    Returns
    -------
    tuple of NeedId
        Only needs that the seeker ticked and the peer lived through; of equal ones the first
        in the catalogue. Empty for somebody who just wants to talk.

    Notes
    -----
    Takes O(n_needs).
    """
    shares = _shares(scorer, seeker, peer)
    order = np.argsort(-shares, kind="stable")
    return tuple(scorer.columns.ids[column] for column in order if shares[column] > 0)


def _shares(scorer: Scorer, seeker: int, peer: int) -> Floats:
    """Split the said part of a pair over the needs: shares that add up to 1 (or all 0)."""
    wanted = scorer.model.wanted(scorer.seekers.asked.rows(slice(seeker, seeker + 1)))[0]
    told = scorer.peers.told
    shared = wanted * told.lived[peer] * told.known[peer]
    return ratio(shared, shared.sum(keepdims=True))
