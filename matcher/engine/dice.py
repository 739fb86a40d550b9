"""Chance for many people at once, from the one generator of a drawing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from matcher.engine.matrices import Bools
from matcher.engine.people import Smalls

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dice:
    """Chance for `n` people at once, always from the one generator of a drawing.

    Attributes
    ----------
    rng : numpy.random.Generator
        The chance.
    n : int
        How many people.
    """

    rng: np.random.Generator
    n: int

    def happens(self, chance: float) -> Bools:
        """Toss a coin for each.

        Parameters
        ----------
        chance : float
            How likely it falls on "yes", in [0, 1].

        Returns
        -------
        ndarray of bool, shape (n,)

        Notes
        -----
        Takes O(n).
        """
        return self.rng.random(self.n) < chance

    def pick(self, weights: Mapping[T, float]) -> Smalls:
        """Choose a place in a table for each.

        Parameters
        ----------
        weights : mapping of anything to float
            How often each is chosen; they need not add up to anything.

        Returns
        -------
        ndarray of int32, shape (n,)

        Notes
        -----
        Takes O(n * log(weights)).
        """
        share = np.cumsum(np.array(list(weights.values())))
        drawn = self.rng.random(self.n) * share[-1]
        places: Smalls = np.searchsorted(share, drawn, side="right").astype(np.int32)
        return places

    def some(self, chances: Mapping[T, float]) -> Smalls:
        """Choose any number of a table for each.

        Parameters
        ----------
        chances : mapping of anything to float
            How likely each is chosen, in [0, 1].

        Returns
        -------
        ndarray of int32, shape (n,)
            Sets as bits, the first of the table lowest.

        Notes
        -----
        Takes O(n * n_chances).
        """
        chosen = self.marks(list(chances.values()))
        sets: Smalls = (chosen << np.arange(len(chances))).sum(axis=1, dtype=np.int32)
        return sets

    def marks(self, chances: Collection[float]) -> Bools:
        """Toss a coin for each person and chance.

        Parameters
        ----------
        chances : collection of float
            Each in [0, 1].

        Returns
        -------
        ndarray of bool, shape (n, n_chances)

        Notes
        -----
        Takes O(n * n_chances).
        """
        return self.rng.random((self.n, len(chances))) < np.array(chances)
