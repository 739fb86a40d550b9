"""What the rules ask less strictly of a match, the longer somebody has waited."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import ArrayLike

from matcher.domain.errors import InvalidMatrixError
from matcher.domain.rules import Rules, Term
from matcher.engine.matrices import Floats

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Eased:
    """What holds for each seeker now.

    Attributes
    ----------
    floor : ndarray of shape (n_seekers,)
        The least said part of a pair, in [0, 1].
    terms : ndarray of shape (n_seekers, 4)
        What each small term adds at most, in the order of `Term` (stage, help, identity,
        nearness); 0 where it was dropped.
    """

    floor: Floats
    terms: Floats


def eased(waited: ArrayLike, rules: Rules) -> Eased:
    """Ease floors and small terms by how long each seeker has waited.

    Parameters
    ----------
    waited : array_like of shape (n_seekers,)
        Days; less than 0 counts as 0. Nobody is allowed.
    rules : Rules
        Steps take effect in the order of `rules.relax`, each from its `after` on: a floor
        replaces the one before, drops add up. No hard constraint is read or changed here.

    Returns
    -------
    Eased
        Nobody's floor rises, and no term's weight, with waiting.

    Raises
    ------
    InvalidMatrixError
        If `waited` is not one finite number a seeker.

    Notes
    -----
    Takes O(n_seekers * n_steps).
    """
    days = days_waited(waited)
    floor = np.full(days.shape, rules.floor)
    terms = np.tile([rules.weights.of(term) for term in Term], (len(days), 1))
    for step in rules.relax:
        is_in_effect = days >= step.after / DAY
        if step.floor is not None:
            floor[is_in_effect] = step.floor
        for place, term in enumerate(Term):
            if term in step.drops:
                terms[is_in_effect, place] = 0.0
    return Eased(floor=floor, terms=terms)


def days_waited(given: ArrayLike) -> Floats:
    """Read how long each seeker has waited.

    Parameters
    ----------
    given : array_like of shape (n_seekers,)
        Days.

    Returns
    -------
    ndarray of shape (n_seekers,)
        Days of 0 or more: a clock that was set back makes nobody wait for less than nothing.

    Raises
    ------
    InvalidMatrixError
        If it is not one finite number a seeker.

    Notes
    -----
    Takes O(n_seekers).
    """
    try:
        days = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidMatrixError("the days of waiting are no numbers") from None
    if days.ndim != 1 or not np.isfinite(days).all():
        raise InvalidMatrixError("the days of waiting are not one finite number a seeker")
    return np.maximum(days, 0.0)
