"""Why a pair scores what it scores."""

from dataclasses import dataclass

import numpy as np

from matcher.domain.needs import NeedId
from matcher.engine.matrices import Floats, Ints, ratio
from matcher.engine.parts import SAID
from matcher.engine.scoring import Scorer

PAIRS_A_BLOCK = 4096


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
    if not 0 <= seeker < len(scorer.people.seekers) or not 0 <= peer < len(scorer.peers.region):
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


def shared_by_pair(scorer: Scorer, rows: Ints, columns: Ints) -> list[tuple[NeedId, ...]]:
    """Name the needs that each of many pairs shares, as `shared_needs` does for one.

    Parameters
    ----------
    scorer : Scorer
        What scored the pairs.
    rows, columns : ndarray of int, shape (n_pairs,)
        Rows of seekers and of their peers.

    Returns
    -------
    list of tuple of NeedId, length n_pairs

    Notes
    -----
    Takes O(n_pairs * n_needs), and memory for some thousand pairs at a time.
    """
    found: list[tuple[NeedId, ...]] = []
    for at in range(0, len(rows), PAIRS_A_BLOCK):
        block = slice(at, at + PAIRS_A_BLOCK)
        shares = _shares_of(scorer, rows[block], columns[block])
        orders = np.argsort(-shares, axis=1, kind="stable")
        counts = (shares > 0).sum(axis=1).tolist()
        found += [
            tuple(scorer.columns.ids[column] for column in order[:count].tolist())
            for order, count in zip(orders, counts, strict=True)
        ]
    return found


def _shares(scorer: Scorer, seeker: int, peer: int) -> Floats:
    """Split the said part of a pair over the needs: shares that add up to 1 (or all 0)."""
    found: Floats = _shares_of(scorer, np.array([seeker]), np.array([peer]))[0]
    return found


def _shares_of(scorer: Scorer, rows: Ints, columns: Ints) -> Floats:
    told = scorer.peers.told
    wanted = scorer.model.wanted(scorer.seekers(rows).asked)
    shared = wanted * told.lived[columns] * told.known[columns]
    return ratio(shared, shared.sum(axis=1, keepdims=True))
