"""Arrivals: the best peers of seekers who come one by one, after everybody else was read."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from matcher.engine.auction import Lists, Singles
from matcher.engine.candidates import NO_COUNTS, asked_for, empty_lists
from matcher.engine.matrices import Floats, Ints
from matcher.engine.pool import Ours, Pool, Scale, Theirs
from matcher.engine.scan import scan

FIRST: Ints = np.zeros(1, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Peers and rules, and all that a search for a single seeker would have to make first.

    Attributes
    ----------
    theirs, scale : Theirs, Scale
        The peers and the rules.
    prices : ndarray of float32, shape (n_slots,)
        What each peer costs.
    lists : Lists
        Room for one list, which each search overwrites: there is one at a time.
    """

    theirs: Theirs
    scale: Scale
    prices: Singles
    lists: Lists

    @classmethod
    def at(cls, pool: Pool, most: int, prices: Singles | None = None) -> Self:
        """Make ready for whoever comes to the peers of a pool.

        Parameters
        ----------
        pool : Pool
            Whose n_peers peers and rules; its seekers do not matter.
        most : int
            How many peers a seeker gets at most, 1 or more.
        prices : ndarray of float32, shape (n_peers,), optional
            What each peer costs; None means nothing.

        Returns
        -------
        Arrivals

        Notes
        -----
        Takes O(n_peers + most).
        """
        _, theirs, scale = pool
        return cls(
            theirs=theirs,
            scale=scale,
            prices=asked_for(theirs, prices),
            lists=empty_lists(1, min(most, len(theirs.views))),
        )

    def best(self, ours: Ours) -> tuple[Ints, Floats]:
        """Find the best peers of one seeker among all whom they may meet.

        Parameters
        ----------
        ours : Ours
            One seeker, by the members of these peers: see `newcomer`.

        Returns
        -------
        peers : ndarray of int, shape (n_found,)
            Rows of those who leave most after the price, best first.
        worth : ndarray of shape (n_found,)
            What each pair is worth (with turn, urgency and bonus).

        Notes
        -----
        As `matcher.engine.candidates.best` with one row, a third of its time: some 2
        nanoseconds a peer, and 20 microseconds for handing all arrays over. Of peers who leave
        exactly the same, each newcomer is given the same ones.
        """
        lists = self.lists
        scan((ours, self.theirs, self.scale), FIRST, self.prices, lists, NO_COUNTS)
        peers, worth = lists.columns[: lists.length[0]], lists.worth[: lists.length[0]]
        order = np.argsort(self.prices[peers] - worth, kind="stable")
        return peers[order].astype(np.int64), worth[order].astype(np.float64)


def newcomer(pool: Pool, row: int) -> Ours:
    """Cut one seeker out of a pool: what is known of somebody who comes alone.

    Parameters
    ----------
    pool : Pool
        n_seekers people and others.
    row : int
        Which seeker.

    Returns
    -------
    Ours
        The arrays of one seeker; fences are asked for by the members of the pool's peers.

    Notes
    -----
    Takes O(ticks + barred peers): what nobody else has is not copied.
    """
    ours, _, scale = pool
    mine, n_fences = slice(row, row + 1), len(scale.must_meet)
    at = int(ours.guess_at[row])
    ticks = slice(int(ours.first[row]), int(ours.first[row + 1]))
    fences = ours.asked_from[row * n_fences : (row + 1) * n_fences + 1]
    asked = slice(int(fences[0]), int(fences[-1]))
    barred = slice(int(ours.barred_from[row]), int(ours.barred_from[row + 1]))
    return Ours(
        first=np.array([0, ticks.stop - ticks.start]),
        needs=ours.needs[ticks],
        wanted=ours.wanted[ticks],
        trust=ours.trust[mine],
        guess=ours.guess[at : at + 1],
        guess_at=FIRST,
        reach=ours.reach[mine],
        listening=ours.listening[mine],
        urgency=ours.urgency[mine],
        floor=ours.floor[mine],
        terms=ours.terms[mine],
        main=ours.main[mine],
        stage=ours.stage[mine],
        help=ours.help[mine],
        better=ours.better[mine],
        region=ours.region[mine],
        near=ours.near[mine],
        far=ours.far[mine],
        asked_from=fences - fences[0],
        asked=ours.asked[asked],
        barred_from=np.array([0, barred.stop - barred.start]),
        barred=ours.barred[barred],
    )
