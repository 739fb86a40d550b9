"""Scans for many seekers at once, on one thread or several."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import numpy as np

from matcher.engine.auction import Lists, Singles
from matcher.engine.candidates import ROWS_A_TASK
from matcher.engine.constraints import BARRIERS
from matcher.engine.matrices import Ints
from matcher.engine.pool import Pool
from matcher.engine.scan import scan

COUNTED = 16_384


class Scans:
    """Makes the lists of seekers; they do not depend on each other.

    Parameters
    ----------
    pool : Pool
        n_seekers and n_peers people and the rules.
    lists : Lists
        Where to write, one list a seeker.
    executor : concurrent.futures.Executor or None
        Who does it; None means the thread that asks.

    Notes
    -----
    Counting what keeps pairs apart makes a scan half as long again. So it is done once for
    each seeker, and where there are more than `COUNTED`, for one in so many.
    """

    def __init__(self, pool: Pool, lists: Lists, executor: Executor | None) -> None:
        self._apart = np.zeros(len(BARRIERS) + 1, dtype=np.int64)
        self._pool, self._lists, self._executor = pool, lists, executor
        self._each = -(-len(lists.first) // COUNTED)
        self._is_new = np.arange(len(lists.first)) % max(1, self._each) == 0

    def apart(self) -> Ints:
        """Say how many pairs each barrier alone keeps apart, and nothing but the floor.

        Returns
        -------
        ndarray of int, shape (n_barriers + 1,)
            Of everybody who was scanned for; in large pools as many times what was counted as
            there are seekers for each who was, about.

        Notes
        -----
        Takes O(n_barriers).
        """
        return self._apart * self._each

    def begin(self, rows: Ints, prices: Singles) -> Callable[[], None]:
        """Make lists at the prices of this moment.

        Parameters
        ----------
        rows : ndarray of int
            For whom, each once.
        prices : ndarray of float32, shape (n_peers,)
            What each peer costs now; they may change meanwhile.

        Returns
        -------
        callable
            Waits until all are made.

        Notes
        -----
        See `matcher.engine.scan.scan` for the cost of each.
        """
        tasks = self._tasks(rows, prices)
        if self._executor is None:
            self._count(task() for task in tasks)
            return partial(self._count, ())
        begun = [self._executor.submit(task) for task in tasks]
        return partial(self._count, (one.result() for one in begun))

    def _count(self, found: Iterable[Ints]) -> None:
        for counts in found:
            self._apart[: len(counts)] += counts

    def _tasks(self, rows: Ints, prices: Singles) -> list[Callable[[], Ints]]:
        asking = np.full(len(self._pool[1].turn), np.inf, dtype=np.float32)
        asking[: len(prices)] = prices
        fresh, again = rows[self._is_new[rows]], rows[~self._is_new[rows]]
        self._is_new[rows] = False
        return [
            partial(_scan, self._pool, (asking, self._lists), some[at : at + ROWS_A_TASK], size)
            for some, size in ((fresh, len(self._apart)), (again, 0))
            for at in range(0, len(some), ROWS_A_TASK)
        ]


@contextmanager
def threads(wanted: int) -> Iterator[Executor | None]:
    """Give that many threads.

    Parameters
    ----------
    wanted : int
        How many, 1 or more.

    Yields
    ------
    concurrent.futures.Executor or None
        None for one: nothing but the one that asks.

    Notes
    -----
    Takes O(wanted); in the end it waits for all of them.
    """
    if wanted == 1:
        yield None
    else:
        with ThreadPoolExecutor(wanted) as executor:
            yield executor


def _scan(pool: Pool, into: tuple[Singles, Lists], rows: Ints, size: int) -> Ints:
    apart = np.zeros(size, dtype=np.int64)
    scan(pool, rows, into[0], into[1], apart)
    return apart
