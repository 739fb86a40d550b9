"""From people to pairs over a whole pool: the scan and the auction take turns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from matcher.domain.barriers import Barrier
from matcher.domain.errors import InvalidMatrixError
from matcher.engine.assignment import Assignment
from matcher.engine.auction import NOBODY, Lists, Market, Singles, bound, opened
from matcher.engine.candidates import empty_lists
from matcher.engine.constraints import BARRIERS
from matcher.engine.hall import Care, Course, hold
from matcher.engine.matrices import Floats, Ints
from matcher.engine.pool import Pool
from matcher.engine.scanning import Scans, threads
from matcher.engine.seeking import ROUNDING
from matcher.engine.worth import scores

LEAST_LOSS, FLOAT_ERROR, TRIES = 1e-4, 1e-6, 12
ENTRIES = 2**20
SAMPLES, FEWEST_SAMPLED = (512, 64, 8), 500
ROUGHLY = 2e-2
BELOW, BELOW_IF_ROUGH, ROUGH = 0.3, 0.15, 1e-2


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to look.

    Attributes
    ----------
    most : int
        How many peers a seeker's list holds, 2 or more: a bid goes as far as the second best
        allows. Shorter lists are made more often.
    threads : int
        How many scan at once.
    loss : float
        What share of the best total may be missed at most, in (0, 1).
    """

    most: int = 64
    threads: int = 1
    loss: float = 1e-3

    def roomy(self, n_seekers: int) -> Self:
        """Give each of few seekers a longer list.

        Parameters
        ----------
        n_seekers : int
            How many there are, 0 or more.

        Returns
        -------
        Effort
            With lists as long as a million entries allow: in small pools everybody can be
            listed, and that many are alike there costs nothing.

        Notes
        -----
        Takes O(1).
        """
        return replace(self, most=max(self.most, ENTRIES // max(1, n_seekers)))


STRICT, FAST = Effort(), Effort(loss=1e-2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """Who got whom in a whole pool, and what kept others apart.

    Attributes
    ----------
    assignment : Assignment
        Total and bound are over all pairs that may meet.
    blocked : mapping of Barrier to int
        How many pairs each barrier alone kept apart: all else about them was in order. In
        large pools an estimate, see `matcher.engine.scanning.Scans`.
    below_floor : int
        How many pairs nothing but the floor kept apart; likewise.
    prices : ndarray of float32, shape (n_peers,)
        What each peer costs in the end: worth minus price says how good a peer is for a
        seeker without taking them from somebody who needs them more.
    """

    assignment: Assignment
    prices: Singles
    blocked: Mapping[Barrier, int]
    below_floor: int


def pair_up(pool: Pool, places: Ints, effort: Effort) -> Paired:
    """Pair the people of one pool so that the total worth is as large as it can be.

    Parameters
    ----------
    pool : Pool
        n_seekers and n_peers people and the rules; either side may be empty.
    places : ndarray of int, shape (n_peers,)
        How many people each peer can take, 0 or more.
    effort : Effort
        How hard to look.

    Returns
    -------
    Paired
        ``bound >= best total >= total >= (1 - effort.loss) * bound``, the last up to what the
        scan may be off, 3e-5 times urgency a place. A loss below 1e-4 may not be reached, nor
        any where many more peers than a list holds are worth the same to everybody.

    Raises
    ------
    InvalidMatrixError
        If the loss is not in (0, 1), there are no threads, or lists have less than 2 entries.

    Notes
    -----
    Seekers enter the auction some at a time. Each gets the list of those who leave them most
    at the prices of the moment, and bids from it. Prices only rise, so whoever was not listed
    leaves at most as much as the last one on the list did; a seeker whose best listed peer
    leaves less than that is scanned for again, at the prices of then. Nothing is lost to
    short lists that way, as it is where candidates are chosen once and assigned afterwards,
    and the dual bound [1]_ holds for the whole pool.

    Scans are what it costs, and prices that are known beforehand keep them few. So first one
    seeker in 512 (in large pools), then one in 64, then one in 8, stands for as many, roughly;
    what peers cost then, less a margin, is where their prices begin. Whoever could not be
    sold at a price that was only guessed begins at 0 in another try, if the proof is not good
    enough otherwise. Measured on drawn pools: one and a half scans a seeker, where all at once
    at no price took five.

    The next ones are scanned for while the last ones bid, at the prices from before; so the
    result depends neither on the number of threads nor on which is faster. Memory: 8 bytes a
    list entry.

    References
    ----------
    .. [1] D. P. Bertsekas, "Auction algorithms for network flow problems: a tutorial
       introduction", Computational Optimization and Applications 1, 1992.
    """
    if not 0 < effort.loss < 1 or effort.threads < 1 or effort.most < 2:  # noqa: PLR2004 - best and next
        raise InvalidMatrixError("a round cannot look as hard as that")
    n_seekers = len(pool[0].urgency)
    lists = empty_lists(n_seekers, min(effort.most, len(places) + 1))  # one more: never full
    care = Care(loss=effort.loss, bonus=pool[2].bonus)
    tried: list[tuple[Assignment, Market]] = []
    with threads(effort.threads) as executor:
        scans = Scans(pool, lists, executor)
        margin = BELOW_IF_ROUGH if effort.loss >= ROUGH else BELOW
        prices = _estimate(scans, lists, places, Care(loss=ROUGHLY, bonus=care.bonus), margin)
        for _ in range(TRIES):
            market = opened(places, n_seekers, prices)
            course = hold(market, lists, scans, care)
            tried.append((_assigned(pool, market, lists), market))
            if tried[-1][0].gap <= effort.loss or care.loss < LEAST_LOSS:
                break
            prices, care = _again(market, prices, care, course)
        assignment, market = min(tried, key=lambda one: one[0].gap)
        if assignment.gap > effort.loss:
            assignment = _filled(pool, market, lists, scans, care, assignment)
    apart = scans.apart().tolist()
    return Paired(
        assignment=assignment,
        prices=market.prices,
        blocked=dict(zip(BARRIERS, apart[:-1], strict=True)),
        below_floor=apart[-1],
    )


def worths(pool: Pool, chosen: Ints) -> Floats:
    """Say what each seeker's pair is worth: with turn, urgency and bonus; 0 for nobody.

    Parameters
    ----------
    pool : Pool
        n_seekers and n_peers people and the rules.
    chosen : ndarray of int, shape (n_seekers,)
        The peer's column, or -1.

    Returns
    -------
    ndarray of shape (n_seekers,)

    Notes
    -----
    Takes O(n_seekers * n_needs).
    """
    ours, theirs, scale = pool
    turn = np.append(theirs.turn.astype(np.float64), 0.0)[chosen]
    found: Floats = scores(pool, chosen) * ours.urgency * turn + scale.bonus * (chosen >= 0)
    return found


def _assigned(pool: Pool, market: Market, lists: Lists) -> Assignment:
    return Assignment(
        columns=market.chosen,
        total=float(worths(pool, market.chosen).sum()),
        bound=bound(market, lists) * (1 + FLOAT_ERROR) + _unsure(pool, market, lists),
    )


def _again(market: Market, prices: Singles, care: Care, course: Course) -> tuple[Singles, Care]:
    """Choose where prices begin in another try, and how careful it is.

    Whoever was not sold at a guessed price begins at 0. If raises had to grow, the next try
    begins a little below the prices that these led to, with smaller ones.
    """
    size = np.diff(market.start)
    is_full = (market.taken == size) & (size > 0)
    if course.growth > 1:
        below = market.prices - 3 * np.float32(care.steps(course).least)
        begin = np.where(is_full, np.maximum(below, np.float32(0)), np.float32(0))
        return begin, replace(care, growth=max(1.0, course.growth / 4))
    if (~is_full & (prices > 0)).any():
        return np.where(is_full, prices, np.float32(0)), care
    return prices, replace(care, loss=care.loss / 4)


def _filled(  # noqa: PLR0913, PLR0917 - all of a round
    pool: Pool, market: Market, lists: Lists, scans: Scans, care: Care, proved: Assignment
) -> Assignment:
    """Give what could not be sold at a guessed price to whoever has nobody."""
    is_full = market.taken == np.diff(market.start)
    market.prices[~is_full & np.isfinite(market.prices)] = 0
    hold(market, lists, scans, care, np.flatnonzero(market.chosen == NOBODY))
    total = float(worths(pool, market.chosen).sum())
    return replace(proved, columns=market.chosen, total=total)


def _unsure(pool: Pool, market: Market, lists: Lists) -> float:
    """Say how far what all could get at best may be off: see `scan`.

    Either each seeker could get that much more, or each place costs as much more, and then
    nobody could: the bound holds at any prices. Where nobody has a list, there is nothing.
    """
    ours, theirs, _ = pool
    off = (
        ours.urgency
        * theirs.turn.max(initial=0.0)
        * (ROUNDING * (ours.trust > 0) + FLOAT_ERROR)
    )
    some = off[lists.length > 0]
    return float(min(some.sum(), len(market.bids) * some.max(initial=0.0)))


def _estimate(scans: Scans, lists: Lists, places: Ints, care: Care, margin: float) -> Singles:
    """Guess from fewer and fewer seekers, who stand for many each, what peers will cost.

    The guess is kept below what they will cost, by a margin in typical pairs: who is not sold
    at a price that was only guessed makes everybody else's worse. The narrower, the fewer
    seekers have to be scanned for again: at 0.15 one in two, at 0.3 nearly all, but one peer
    in a hundred is not sold, which is too many where hardly anything may be missed.
    """
    prices = np.zeros(len(places), dtype=np.float32)
    for copies in SAMPLES:
        n_lists = len(lists.first) // copies
        if n_lists < FEWEST_SAMPLED:
            continue
        market = opened(places, n_lists * copies, prices)
        some = lists._replace(
            first=lists.first[:n_lists],
            length=lists.length[:n_lists],
            rest=lists.rest[:n_lists],
            copies=copies,
        )
        typical = hold(market, some, scans, care).typical
        is_full = (market.taken == places) & (places > 0)
        below = np.where(is_full, market.prices - margin * typical, 0.0)
        prices = np.maximum(below, 0.0).astype(np.float32)
    return prices
