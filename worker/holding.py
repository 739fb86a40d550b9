"""Holds a lease in short terms while work goes on, so that a killed holder is soon replaced."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from matcher.domain.errors import MatcherError
from matcher.settings.model import RoundTimes
from matcher.store.leases import Leases

logger = logging.getLogger(__name__)

RENEWALS = 3  # in a term: two may be lost


@contextmanager
def holding(leases: Leases, name: str, times: RoundTimes) -> Iterator[int | None]:
    """Hold the lease for the length of a block, `times.longest` at most; None when it is taken.

    The thread that renews it is stopped with its process, and so is the lease soon. A holder
    that goes on too late finds its writes refused by their fence, and renews no more.
    """
    with leases.held(name, times.lease) as fence:
        if fence is None:
            yield None
            return
        done = Event()
        words = (leases, name, fence, times, done)
        renewal = Thread(target=_renew, args=words, daemon=True)
        renewal.start()
        try:
            yield fence
        finally:
            done.set()
            renewal.join()


def _renew(leases: Leases, name: str, fence: int, times: RoundTimes, done: Event) -> None:
    pause = times.lease / RENEWALS
    for _ in range(int(times.longest / pause)):
        if done.wait(pause.total_seconds()):
            return
        try:
            if not leases.renew(name, times.lease, fence=fence):
                logger.warning("%s: another holds it by now; was it stopped for long?", name)
                return
        except MatcherError:
            continue  # the store may be back before the term is over
