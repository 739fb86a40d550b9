"""From people to pairs over a whole pool: the scan and the auction take turns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from matcher.domain.barriers import Barrier
from matcher.domain.errors import InvalidMatrixError
from matcher.engine.assignment import Assignment
from matcher.engine.auction import (
    LEAST_SHARE,
    NOBODY,
    Lists,
    Market,
    Singles,
    Steps,
    bid,
    bound,
    opened,
)
from matcher.engine.candidates import empty_lists
from matcher.engine.constraints import BARRIERS
from matcher.engine.matrices import Floats, Ints
from matcher.engine.pool import Pool
from matcher.engine.scan import ROUNDING
from matcher.engine.scanning import Scans, threads
from matcher.engine.worth import scores

FEWEST_AT_ONCE, MOST_AT_ONCE, BATCHES = 256, 8192, 100
LEAST_LOSS, LEAST_STEP, FLOAT_ERROR = 1e-4, 1e-5, 1e-6
SAMPLES, FEWEST_SAMPLED = (64, 8), 500
ROUGHLY, BELOW = 2e-2, 0.3
NO_COUNTS: Ints = np.zeros(0, dtype=np.int64)


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


STRICT, FAST = Effort(), Effort(loss=1e-2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """Who got whom in a whole pool, and what kept others apart.

    Attributes
    ----------
    assignment : Assignment
        Total and bound are over all pairs that may meet.
    blocked : mapping of Barrier to int
        How many pairs each barrier alone kept apart: all else about them was in order.
    below_floor : int
        How many pairs nothing but the floor kept apart.
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
        scan may be off, 3e-5 times urgency a place. A loss below 1e-4 may not be reached.

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
    seeker in 64, then one in 8, stands for as many, roughly; what peers cost then, less a
    margin, is where their prices begin. Whoever could not be sold at a price that was only
    guessed begins at 0 in another try, if the proof is not good enough otherwise. Measured on
    drawn pools: one and a half scans a seeker, where all at once at no price took five.

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
    steps = _Steps(loss=effort.loss, bonus=pool[2].bonus)
    with threads(effort.threads) as executor:
        scans = Scans(pool, lists, executor)
        prices = _estimate(scans, lists, places, pool[2].bonus)
        while True:
            market = opened(places, n_seekers, prices)
            _hold(market, lists, scans, steps)
            assignment = Assignment(
                columns=market.chosen,
                total=float(worths(pool, market.chosen).sum()),
                bound=bound(market, lists) * (1 + FLOAT_ERROR) + _unsure(pool, market, lists),
            )
            if assignment.gap <= effort.loss or steps.loss < LEAST_LOSS:
                break
            unsold = (market.taken < places) & (prices > 0)
            prices = np.where(unsold, np.float32(0), prices)
            steps = steps if unsold.any() else replace(steps, loss=steps.loss / 4)
    return Paired(
        assignment=assignment,
        prices=market.prices,
        blocked=dict(zip(BARRIERS, scans.apart[:-1].tolist(), strict=True)),
        below_floor=int(scans.apart[-1]),
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


def _unsure(pool: Pool, market: Market, lists: Lists) -> float:
    """Say how far what all could get at best may be off: see `scan`.

    Either each seeker could get that much more, or each place costs as much more, and then
    nobody could: the bound holds at any prices. Where nobody has a list, there is nothing.
    """
    if not lists.length.any():
        return 0.0
    ours, theirs, _ = pool
    off = (
        ours.urgency
        * theirs.turn.max(initial=0.0)
        * (ROUNDING * (ours.trust > 0) + FLOAT_ERROR)
    )
    return float(min(off.sum(), len(market.bids) * off.max(initial=0.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steps:
    """How far bids and lists may be off, so that about half of `loss` is missed.

    At worst it could be three times `loss`; drawn pools come to .5 to .6 of it.
    """

    loss: float
    bonus: float

    def typical(self, lists: Lists, rows: Ints) -> float:
        """Say what the first seekers could reach at best; 0 where that is nothing.

        The pairs that are made are worth less than that, by a quarter or so.
        """
        best = [_most(lists, row) for row in rows.tolist() if lists.length[row]]
        return max(0.0, float(np.mean(best)) - self.bonus) if best else 0.0

    def at(self, typical: float) -> Steps:
        """Choose from what is typical."""
        worth = typical + self.bonus
        least = LEAST_STEP * worth  # less would be lost in rounding
        aim = self.loss * typical
        share = aim / worth / 2 if worth > 0 else 0.0
        return Steps(max(aim * 1.5, least), max(aim * 0.75, least), max(share, LEAST_SHARE))


def _most(lists: Lists, row: int) -> float:
    first = lists.first[row]
    return float(lists.worth[first : first + lists.length[row]].max())


def _estimate(scans: Scans, lists: Lists, places: Ints, bonus: float) -> Singles:
    """Guess from fewer and fewer seekers, who stand for many each, what peers will cost.

    The guess is kept below what they will cost, as far as that is known: who is not sold at a
    price that was only guessed makes everybody else's worse.
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
        typical = _hold(market, some, scans, _Steps(loss=ROUGHLY, bonus=bonus))
        is_full = (market.taken == places) & (places > 0)
        below = np.where(is_full, market.prices - BELOW * typical, 0.0)
        prices = np.maximum(below, 0.0).astype(np.float32)
    return prices


def _hold(market: Market, lists: Lists, scans: Scans, steps: _Steps) -> float:
    """Hold the auction: some bid while the next ones look around; tells a typical worth."""
    n_lists = len(lists.first)
    at_once = min(max(n_lists // BATCHES, FEWEST_AT_ONCE), MOST_AT_ONCE)
    line, now, typical = np.arange(n_lists), NO_COUNTS, 0.0
    while len(line) or len(now):
        if not len(now):
            now, line = line[:at_once], line[at_once:]
            scans.begin(now, market.prices)()
        typical = typical or steps.typical(lists, now)
        ahead, line = _next(line, at_once, lists.copies)
        wait = scans.begin(ahead, market.prices)
        hungry = bid(market, lists, _bidders(market, now, lists.copies), steps.at(typical))
        wait()
        line, now = _queue(line, hungry // lists.copies), ahead
    return typical


def _next(line: Ints, at_once: int, copies: int) -> tuple[Ints, Ints]:
    """Choose who looks around meanwhile: nobody where others might bid from the same list."""
    return (line[:at_once], line[at_once:]) if copies == 1 else (NO_COUNTS, line)


def _bidders(market: Market, lists: Ints, copies: int) -> Ints:
    """List the seekers behind some lists who have no place."""
    everybody: Ints = (lists[:, None] * copies + np.arange(copies)).ravel()
    found: Ints = everybody[market.chosen[everybody] == NOBODY]
    return found


def _queue(line: Ints, more: Ints) -> Ints:
    """Append lists that are not in the line yet, each once."""
    fresh: Ints = np.setdiff1d(more, line)
    return np.concatenate([line, fresh])
