"""Measures the search for one newcomer beside what a user would pick instead."""

import time
from collections.abc import Callable

import numpy as np

from matcher.engine.arrivals import Arrivals, newcomer
from matcher.engine.building import Wanted
from matcher.engine.pool import Pool
from tests.bench import rivals

ONE_BY_ONE = 200


def arrival(wanted: Wanted, pool: Pool, kept: int) -> float:
    """Look for one seeker at a time, as when somebody arrives who was never in the pool.

    Their answers are columns already, for both.
    """
    search, ready = rivals.scikit_learn(wanted, 320), Arrivals.at(pool, kept)
    ticks = wanted.scorer.seekers(np.arange(ONE_BY_ONE)).asked.ticks
    newcomers = [newcomer(pool, row) for row in range(ONE_BY_ONE)]

    def took(run: Callable[[int], object]) -> float:
        started = time.perf_counter()
        for nth in range(ONE_BY_ONE):
            run(nth)
        return time.perf_counter() - started

    times = [
        (
            took(lambda nth: ready.best(newcomers[nth])),
            took(lambda nth: search(ticks[nth : nth + 1])),
        )
        for _ in range(3)
    ]
    return min(theirs for _, theirs in times) / min(mine for mine, _ in times)
