"""From people to pairs over a whole pool: the scan and the auction take turns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import numpy as np

from matcher.domain.barriers import Barrier
from matcher.domain.errors import InvalidMatrixError
from matcher.engine.assignment import Assignment
from matcher.engine.auction import Lists, Market, Singles, bid, bound, opened
from matcher.engine.candidates import empty_lists
from matcher.engine.constraints import BARRIERS
from matcher.engine.matrices import Floats, Ints
from matcher.engine.pool import Pool
from matcher.engine.scan import ROUNDING, scan
from matcher.engine.worth import scores

ROWS_A_TASK = 128
FEWEST_AT_ONCE, MOST_AT_ONCE, BATCHES = 256, 8192, 100
LEAST_LOSS, LEAST_STEP, FLOAT_ERROR = 1e-4, 1e-5, 1e-6
NO_COUNTS: Ints = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to look.

    Attributes
    ----------
    most : int
        How many peers a seeker's list holds; shorter lists are made more often.
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
        ``bound >= best total >= total >= (1 - effort.loss) * bound``; a loss below 1e-4 may
        not be reached.

    Raises
    ------
    InvalidMatrixError
        If the loss is not in (0, 1), or a number of threads or of entries is below 1.

    Notes
    -----
    Seekers enter the auction some at a time. Each gets the list of those who leave them most
    at the prices of the moment, and bids from it. Prices only rise, so whoever was not listed
    leaves at most as much as the last one on the list did; a seeker whose best listed peer
    leaves less than that is scanned for again, at the prices of then. Nothing is lost to
    short lists that way, as it is where candidates are chosen once and assigned afterwards,
    and the dual bound [1]_ holds for the whole pool. Entering by and by is what keeps the
    scans few: a list made at prices that others have paid stays good for longer. Measured on
    drawn pools: two to four scans a seeker, where entering all at once took up to five.

    The next ones are scanned for while the last ones bid, at the prices from before; so the
    result depends neither on the number of threads nor on which is faster. Memory: 8 bytes a
    list entry.

    References
    ----------
    .. [1] D. P. Bertsekas, "Auction algorithms for network flow problems: a tutorial
       introduction", Computational Optimization and Applications 1, 1992.
    """
    if not 0 < effort.loss < 1 or effort.threads < 1 or effort.most < 1:
        raise InvalidMatrixError("a round cannot look as hard as that")
    n_seekers = len(pool[0].urgency)
    lists = empty_lists(n_seekers, min(effort.most, len(places) + 1))  # one more: never full
    tolerance = effort.loss
    with _threads(effort.threads) as executor:
        scans = _Scans(pool, lists, executor)
        while True:
            market = opened(places, n_seekers)
            _hold(market, lists, scans, _Steps(loss=tolerance, bonus=pool[2].bonus))
            assignment = Assignment(
                columns=market.chosen,
                total=float(worths(pool, market.chosen).sum()),
                bound=bound(market, lists) * (1 + FLOAT_ERROR) + _unsure(pool, market),
            )
            if assignment.gap <= effort.loss or tolerance < LEAST_LOSS:
                break
            tolerance /= 4
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


def _unsure(pool: Pool, market: Market) -> float:
    """Say how far what all could get at best may be off: see `scan`.

    Either each seeker could get that much more, or each place costs as much more, and then
    nobody could: the bound holds at any prices.
    """
    ours = pool[0]
    off = ours.urgency * (ROUNDING * (ours.trust > 0) + FLOAT_ERROR)
    return float(min(off.sum(), len(market.bids) * off.max(initial=0.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steps:
    """How far bids and lists may be off, so that about half of `loss` is missed.

    At worst it could be three times `loss`; drawn pools come to .5 to .6 of it.
    """

    loss: float
    bonus: float

    def at(self, lists: Lists, rows: Ints) -> tuple[float, float]:
        """Choose both from what the first seekers could reach at best.

        The pairs that are made are worth less than that, by a quarter or so.
        """
        best = [_most(lists, row) for row in rows.tolist() if lists.length[row]]
        typical = float(np.mean(best)) - self.bonus if best else 1.0
        least = LEAST_STEP * (typical + self.bonus)  # less would be lost in rounding
        return max(self.loss * typical * 1.5, least), max(self.loss * typical * 0.75, least)


def _most(lists: Lists, row: int) -> float:
    first = lists.first[row]
    return float(lists.worth[first : first + lists.length[row]].max())


class _Scans:
    """Scans for many seekers at once: they do not depend on each other.

    Whoever is scanned for the first time is counted in `apart`.
    """

    def __init__(self, pool: Pool, lists: Lists, executor: Executor | None) -> None:
        self.apart = np.zeros(len(BARRIERS) + 1, dtype=np.int64)
        self._pool, self._lists, self._executor = pool, lists, executor
        self._is_new = np.ones(len(lists.first), dtype=np.bool_)

    def begin(self, rows: Ints, prices: Singles) -> Callable[[], None]:
        """Scan at the prices of now; returns what waits for the end."""
        tasks = self._tasks(rows, prices)
        if self._executor is None:
            self._count(task() for task in tasks)
            return partial(self._count, ())
        begun = [self._executor.submit(task) for task in tasks]
        return partial(self._count, (one.result() for one in begun))

    def _count(self, found: Iterable[Ints]) -> None:
        for counts in found:
            self.apart[: len(counts)] += counts

    def _tasks(self, rows: Ints, prices: Singles) -> list[Callable[[], Ints]]:
        asking = np.full(len(self._pool[1].turn), np.inf, dtype=np.float32)
        asking[: len(prices)] = prices
        fresh, again = rows[self._is_new[rows]], rows[~self._is_new[rows]]
        self._is_new[rows] = False
        return [
            partial(_scan, self._pool, (asking, self._lists), some[at : at + ROWS_A_TASK], size)
            for some, size in ((fresh, len(self.apart)), (again, 0))
            for at in range(0, len(some), ROWS_A_TASK)
        ]


def _hold(market: Market, lists: Lists, scans: _Scans, steps: _Steps) -> None:
    """Hold the auction: some bid while the next ones look around."""
    n_seekers = len(market.chosen)
    at_once = min(max(n_seekers // BATCHES, FEWEST_AT_ONCE), MOST_AT_ONCE)
    line, now = np.arange(n_seekers), NO_COUNTS
    raises = None
    while len(line) or len(now):
        if not len(now):
            now, line = line[:at_once], line[at_once:]
            scans.begin(now, market.prices)()
        raises = raises or steps.at(lists, now)
        ahead, line = line[:at_once], line[at_once:]
        wait = scans.begin(ahead, market.prices)
        hungry = bid(market, lists, now, raises)
        wait()
        line, now = np.concatenate([line, hungry]), ahead


@contextmanager
def _threads(wanted: int) -> Iterator[Executor | None]:
    if wanted == 1:
        yield None
    else:
        with ThreadPoolExecutor(wanted) as executor:
            yield executor


def _scan(pool: Pool, into: tuple[Singles, Lists], rows: Ints, size: int) -> Ints:
    apart = np.zeros(size, dtype=np.int64)
    scan(pool, rows, into[0], into[1], apart)
    return apart
