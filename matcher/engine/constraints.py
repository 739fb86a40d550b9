"""Hard constraints over whole pools: who may meet, and which barrier alone keeps two apart.

`domain.rules` says the same pair by pair, in plain Python; the two must agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from matcher.domain.barriers import Barrier
from matcher.engine.fences import FENCES, Fence, Sides
from matcher.engine.matrices import Bools, Ints

BARRIERS = tuple(FENCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Which pairs of a block may meet.

    Attributes
    ----------
    may_meet : ndarray of bool, shape (n_rows, n_peers)
        Where no barrier stands.
    only : ndarray of int, shape (n_rows, n_peers)
        Where exactly one barrier stands, its place in `BARRIERS`; -1 elsewhere.
    """

    may_meet: Bools
    only: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """Every barrier over one population, ready to be asked block by block.

    Attributes
    ----------
    fences : mapping of Barrier to Fence
        Every barrier, in the order of `BARRIERS`.
    n_peers : int
        How many peers there are.
    """

    fences: Mapping[Barrier, Fence]
    n_peers: int

    @classmethod
    def of(cls, sides: Sides) -> Self:
        """Build every barrier.

        Parameters
        ----------
        sides : Sides
            n_seekers and n_peers people and the switches; no people are allowed.

        Returns
        -------
        Constraints

        Notes
        -----
        Takes O(n_seekers + n_peers) time, some 2 microseconds and 200 bytes a person.
        """
        fences = {barrier: build(sides) for barrier, build in FENCES.items()}
        return cls(fences=fences, n_peers=len(sides.people.peers))

    def between(self, rows: slice, *, n_rows: int) -> Kept:
        """Look at some seekers and all peers.

        Parameters
        ----------
        rows : slice
            Which seekers.
        n_rows : int
            How many these are.

        Returns
        -------
        Kept
            `may_meet` agrees with ``domain.rules.allows`` for every pair.

        Notes
        -----
        Takes O(n_rows * n_peers * n_barriers): some nanoseconds a pair and barrier.
        """
        count = np.zeros((n_rows, self.n_peers), dtype=np.int8)
        which = np.zeros((n_rows, self.n_peers), dtype=np.int64)
        for place, barrier in enumerate(BARRIERS):
            stands = self.fences[barrier].stands(rows)
            count += stands
            which[stands] = place
        return Kept(may_meet=count == 0, only=np.where(count == 1, which, -1))
