"""Whose match counts more where peers are scarce: waiting, and needs that few peers know."""

import math

import numpy as np
from numpy.typing import ArrayLike

from matcher.domain.errors import InvalidMatrixError
from matcher.domain.rules import Priority
from matcher.engine.easing import days_waited
from matcher.engine.matrices import Bools, Floats, mask


def rarity(known: ArrayLike) -> Floats:
    """Measure how few of a pool's peers know each need.

    Parameters
    ----------
    known : array_like of bool, shape (n_peers, n_needs)
        Which peers have lived through which need; no peers are allowed.

    Returns
    -------
    ndarray of shape (n_needs,)
        ``1 - log(1 + peers who know it) / log(1 + n_peers)``: 0 for a need that everybody
        knows, growing towards 1. 0 as well where nobody knows it, as there is no peer to be
        had for it by anybody.

    Raises
    ------
    InvalidMatrixError
        If it is not a table of truth values.

    Notes
    -----
    The inverse document frequency of [1]_, smoothed, and scaled by its largest value, so that
    it means the same in pools of any size. Takes O(n_peers * n_needs).

    References
    ----------
    .. [1] K. Spärck Jones, "A statistical interpretation of term specificity and its
       application in retrieval", Journal of Documentation 28(1), 1972.
    """
    table = _table("the peers' needs", known)
    n_peers, peers_with = len(table), table.sum(axis=0)
    if not n_peers:
        return np.zeros(table.shape[1])
    found = 1 - np.log1p(peers_with) / math.log1p(n_peers)
    return np.where(peers_with > 0, np.maximum(found, 0.0), 0.0)


def urgency(waited: ArrayLike, ticks: ArrayLike, rare: ArrayLike, priority: Priority) -> Floats:
    """Weigh seekers against one another where not everybody can have a peer.

    Parameters
    ----------
    waited : array_like of shape (n_seekers,)
        Days; less than 0 counts as 0.
    ticks : array_like of bool, shape (n_seekers, n_needs)
        What each seeker asked for.
    rare : array_like of shape (n_needs,)
        How rare each need is among the peers, in [0, 1]: see `rarity`.
    priority : Priority
        What a day of waiting adds, and what the rarest need would.

    Returns
    -------
    ndarray of shape (n_seekers,)
        ``1 + waiting_bonus * days + rare_needs * the rarest tick``, 1 or more: a factor for
        the scores of a seeker's pairs.

    Raises
    ------
    InvalidMatrixError
        If the shapes do not fit, an entry is not finite or out of its range, or a value of
        the rules is negative or not finite.

    Notes
    -----
    Both are added, so that neither multiplies the other. A seeker is as rare as their rarest
    tick: common ticks beside it take nothing away. Takes O(n_seekers * n_needs).
    """
    days = days_waited(waited)
    found = np.asarray(rare, dtype=np.float64)
    table = mask("the ticks", ticks, shape=(len(days), found.size))
    if found.ndim != 1 or not np.isfinite(found).all() or (found < 0).any():
        raise InvalidMatrixError("the rarity of a need is not finite or negative")
    for name, value in (
        ("waiting_bonus", priority.waiting_bonus),
        ("rare_needs", priority.rare_needs),
    ):
        if not 0 <= value < math.inf:
            raise InvalidMatrixError(f"{name} is negative or not finite")
    rarest = np.where(table, found, 0.0).max(axis=1, initial=0.0)
    factors: Floats = 1 + priority.waiting_bonus * days + priority.rare_needs * rarest
    return factors


def _table(name: str, given: ArrayLike) -> Bools:
    found = np.asarray(given)
    if found.ndim != 2:  # noqa: PLR2004 - rows by columns
        raise InvalidMatrixError(f"{name} are no table")
    return mask(name, found, shape=found.shape)
