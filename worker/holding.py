"""Holds a lease in short terms while work goes on, so that a killed holder is soon replaced."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from matcher.domain.errors import MatcherError
from matcher.store.leases import Leases

TERM = timedelta(seconds=9)


@contextmanager
def holding(leases: Leases, name: str, *, most: timedelta) -> Iterator[int | None]:
    """Hold the lease for the length of a block, at most `most`; None when it is taken.

    A holder that stops being able to renew it finds its writes refused by their fence.
    """
    term = min(TERM, most)
    with leases.held(name, term) as fence:
        if fence is None:
            yield None
            return
        done = Event()
        renewal = Thread(target=_renew, args=(leases, name, (term, most), done), daemon=True)
        renewal.start()
        try:
            yield fence
        finally:
            done.set()
            renewal.join()


def _renew(
    leases: Leases, name: str, lengths: tuple[timedelta, timedelta], done: Event
) -> None:
    term, most = lengths
    pause = term / 3
    for _ in range(int(most / pause)):
        if done.wait(pause.total_seconds()):
            return
        try:
            leases.take(name, term)
        except MatcherError:
            continue  # the store may be back before the term is over
