"""Simple scores that anybody would try first: what the shipped one is measured against."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from matcher.engine.matrices import Bools, Floats, ratio

LEAST_SPREAD = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a score may look at.

    Attributes
    ----------
    ticks, known : ndarray of shape (n_seekers, n_needs)
        What seekers told, 0 where they did not, and where they did.
    peers, peers_known : ndarray of shape (n_peers, n_needs)
        The same of peers.
    rng : numpy.random.Generator
        Chance.
    """

    ticks: Floats
    known: Bools
    peers: Floats
    peers_known: Bools
    rng: np.random.Generator


Score = Callable[[Question], Floats]
"""Takes a question; gives an array of shape (n_seekers, n_peers), more is better."""


def by_lot(question: Question) -> Floats:
    """Choose by lot.

    Parameters
    ----------
    question : Question
        n_seekers and n_peers people over n_needs needs; either side may be empty.

    Returns
    -------
    ndarray of shape (n_seekers, n_peers)
        In [0, 1), from `question.rng`.

    Notes
    -----
    O(n_seekers * n_peers). What every other score has to beat.
    """
    return question.rng.random((len(question.ticks), len(question.peers)))


def overlap(question: Question) -> Floats:
    """Take the share of the seeker's ticks that the peer has lived through.

    Parameters
    ----------
    question : Question
        n_seekers and n_peers people over n_needs needs; either side may be empty.

    Returns
    -------
    ndarray of shape (n_seekers, n_peers)
        In [0, 1]; 0 for a seeker without ticks.

    Notes
    -----
    One matrix product, O(n_seekers * n_peers * n_needs). No score shares more ticks: matched
    exactly, it gives the most that the peers' capacity allows.
    """
    return ratio(question.ticks @ question.peers.T, question.ticks.sum(axis=1, keepdims=True))


def jaccard(question: Question) -> Floats:
    """Divide what both have by what either has (graded answers: minimum by maximum [1]_).

    Parameters
    ----------
    question : Question
        n_seekers and n_peers people over n_needs needs; either side may be empty.

    Returns
    -------
    ndarray of shape (n_seekers, n_peers)
        In [0, 1]; 0 where neither has anything.

    Notes
    -----
    O(n_seekers * n_peers * n_needs), need by need; prefers peers who carry little besides.

    References
    ----------
    .. [1] M. Ruzicka, "Anwendung mathematisch-statistischer Methoden in der Geobotanik",
       Biologia 13, 1958.
    """
    both = np.zeros((len(question.ticks), len(question.peers)))
    for asks, has in zip(question.ticks.T, question.peers.T, strict=True):
        both += np.minimum.outer(asks, has)
    return ratio(both, question.ticks.sum(axis=1)[:, None] + question.peers.sum(axis=1) - both)


def cosine(question: Question) -> Floats:
    """Take the angle between the answers as they are.

    Parameters
    ----------
    question : Question
        n_seekers and n_peers people over n_needs needs; either side may be empty.

    Returns
    -------
    ndarray of shape (n_seekers, n_peers)
        In [0, 1]; 0 where somebody has nothing.

    Notes
    -----
    One matrix product, O(n_seekers * n_peers * n_needs).
    """
    return _cosine(question.ticks, question.peers)


def idf_cosine(question: Question) -> Floats:
    """Weigh needs by how rare they are among peers, then take the cosine [1]_.

    Parameters
    ----------
    question : Question
        n_seekers and n_peers people over n_needs needs; either side may be empty.

    Returns
    -------
    ndarray of shape (n_seekers, n_peers)
        In [0, 1]; 0 where somebody has nothing.

    Notes
    -----
    One matrix product, O(n_seekers * n_peers * n_needs). Departure: a need counts as had from
    any answer above 0, and the weight multiplies the graded answer.

    References
    ----------
    .. [1] K. Sparck Jones, "A statistical interpretation of term specificity", Journal of
       Documentation 28(1), 1972 (smoothed as in scikit-learn).
    """
    have = (question.peers > 0).sum(axis=0)
    weights = np.log((1 + len(question.peers)) / (1 + have)) + 1
    return _cosine(question.ticks * weights, question.peers * weights)


def standardised_cosine(question: Question) -> Floats:
    """Centre and scale each need by what it is among peers, then take the cosine.

    Parameters
    ----------
    question : Question
        n_seekers and n_peers people over n_needs needs; either side may be empty.

    Returns
    -------
    ndarray of shape (n_seekers, n_peers)
        In [-1, 1]; 0 where somebody is average in everything.

    Notes
    -----
    One matrix product, O(n_seekers * n_peers * n_needs). An unticked need counts as "no" here,
    which it is not; spreads below `LEAST_SPREAD` are raised to it.
    """
    mean, spread = question.peers.mean(axis=0), question.peers.std(axis=0)
    scale = np.maximum(spread, LEAST_SPREAD)
    return _cosine((question.ticks - mean) / scale, (question.peers - mean) / scale)


BASELINES: Mapping[str, Score] = MappingProxyType(
    {
        "random": by_lot,
        "overlap": overlap,
        "Jaccard": jaccard,
        "cosine": cosine,
        "IDF cosine": idf_cosine,
        "standardised cosine": standardised_cosine,
    }
)


def _cosine(left: Floats, right: Floats) -> Floats:
    lengths = np.outer(np.linalg.norm(left, axis=1), np.linalg.norm(right, axis=1))
    return ratio(left @ right.T, lengths)
