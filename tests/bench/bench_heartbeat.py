"""Whether planning lets a round's lease be renewed: `python -m tests.bench.bench_heartbeat`."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

from rich.console import Console
from rich.table import Table

from matcher.engine.plan import plan_round
from matcher.engine.population import draw
from matcher.settings.load import load
from worker.holding import RENEWALS

LOOK_S = 0.01
SIZES = "1000,3000"
PEERS_OF_SEEKERS = 0.3
SEED = 7


def main(arguments: Sequence[str]) -> int:
    """Plan rounds beside a thread that only looks at the time; returns 1 if it waited long."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seekers", default=SIZES, help="Sizes, with commas between them.")
    sizes = [int(size) for size in parser.parse_args(arguments).seekers.split(",")]
    settings = load({})
    most = settings.rounds.lease.total_seconds() / RENEWALS
    table = Table(
        "seekers", "peers", "planning, s", f"longest wait of a thread, s (≤ {most:g})"
    )
    worst = 0.0
    for seekers in sizes:
        peers = int(seekers * PEERS_OF_SEEKERS)
        people = draw(seekers, peers, SEED)
        began = time.perf_counter()
        with _longest_wait() as waits:
            now = datetime.now(UTC)
            plan_round(people, needs=settings.needs, rules=settings.rules, now=now, seed=SEED)
        took = time.perf_counter() - began
        worst = max(worst, *waits)
        table.add_row(f"{seekers:,}", f"{peers:,}", f"{took:.2f}", f"{max(waits):.3f}")
    Console().print(table)
    return int(worst > most)


@contextmanager
def _longest_wait() -> Iterator[list[float]]:
    """Note how long a thread waits for its turn while the block works."""
    waits, done = [0.0], Event()

    def look() -> None:
        last = time.perf_counter()
        while not done.wait(LOOK_S):
            now = time.perf_counter()
            waits.append(now - last)
            last = now

    thread = Thread(target=look)
    thread.start()
    try:
        yield waits
    finally:
        done.set()
        thread.join()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
