"""Measures how long a round takes to load its pool: `python -m tests.bench.bench_loading`."""

import gc
import json
import os
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple
from unittest.mock import patch

from redis import UnixDomainSocketConnection as Connection
from rich.console import Console
from rich.table import Table

from matcher.engine.constraints import Constraints
from matcher.engine.features import Columns, peer_features, seeker_features
from matcher.engine.fences import Sides
from matcher.store.census import Census
from matcher.store.secrets import Secrets
from matcher.store.vault import Vault
from tests.bench.filling import Filled, filled
from worker.reading import Reader, gather

PEOPLE, PEERS_EACH = 100_000, 0.3
MARK_S = 2.0
TIMES = 5
AT_ONCE = 1_000

STORE = "waiting for the store: heads, marks, records"
OPENING, BARRED = "opening", "barred pairs"
COLUMNS, REST = "columns", "decoding, joining"
FEATURES, FENCES, TOTAL = "features", "fences", "total"
ROWS = (STORE, OPENING, BARRED, COLUMNS, REST, FEATURES, FENCES, TOTAL)
TIMED = (
    (STORE, Connection, "read_response"),
    (OPENING, Vault, "unseal_many"),
    (BARRED, Secrets, "marked_peers"),
    (COLUMNS, Reader, "seekers"),
    (COLUMNS, Reader, "peers"),
)


class Loaded(NamedTuple):
    """One loading: seconds a row, how many people, and by how much memory grew at most."""

    seconds: dict[str, float]
    people: int
    megabytes: float


def main() -> None:
    """Fill a store, load it several times in processes of their own, print the best of each."""
    parser = ArgumentParser(prog="python -m tests.bench.bench_loading")
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many seekers")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    console = Console()
    with filled(asked.people, int(PEERS_EACH * asked.people), asked.seed) as ground:
        plain = min(_plain_mget(ground) for _ in range(TIMES))
        found = [Loaded(**in_a_fork(lambda: _load(ground))) for _ in range(TIMES)]
    console.print(_table(found, plain))
    mark = MARK_S * found[0].people / PEOPLE
    best = min(loaded.seconds[TOTAL] for loaded in found)
    is_reached = "reached" if best <= mark else "not reached"
    console.print(
        f"{found[0].people:,} people at {MARK_S} s for 100,000 ({mark:.2f} s): {is_reached}. "
        f"Memory of the loading process: {max(one.megabytes for one in found):.0f} MB more; "
        f"of the store: {ground.store_bytes / found[0].people:.0f} bytes a person."
    )


def in_a_fork(work: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
    """Do some work in a child, as a horse does; give its words back."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(writing, "w") as answer:
            json.dump(work(), answer)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    found: dict[str, Any] = json.loads(told)
    return found


def _load(ground: Filled) -> Mapping[str, Any]:
    gc.collect()
    before = memory("VmRSS")
    backing = ground.backing
    rules, needs = backing.settings.rules, backing.settings.needs
    with _timed() as seconds:
        start = perf_counter()
        crowd = gather(Census(backing), needs, rules, now=backing.clock.now()).crowd
        people = crowd.people
        gathered = perf_counter()
        columns = Columns.of(needs)
        seeker_features(people, columns, main_weight=rules.weights.main)
        peer_features(people, columns)
        featured = perf_counter()
        Constraints.of(Sides(people=people, musts=rules.musts))
        end = perf_counter()
    seconds[REST] = gathered - start - sum(seconds.values())
    seconds |= {FEATURES: featured - gathered, FENCES: end - featured, TOTAL: end - start}
    return {
        "seconds": seconds,
        "people": len(crowd.seekers) + len(crowd.peers),
        "megabytes": memory("VmHWM") - before,
    }


@contextmanager
def _timed() -> Iterator[dict[str, float]]:
    """Add up the time spent in parts of the loading."""
    seconds = dict.fromkeys((STORE, OPENING, BARRED, COLUMNS), 0.0)

    def timed(row: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever is timed
            start = perf_counter()
            found = work(*args, **kwargs)
            seconds[row] += perf_counter() - start
            return found

        return run

    with ExitStack() as patches:
        for row, owner, name in TIMED:
            patches.enter_context(patch.object(owner, name, timed(row, getattr(owner, name))))
        yield seconds


def _plain_mget(ground: Filled) -> float:
    """Read the sealed records alone by MGET, what a simpler reader would begin with."""
    keys, store = ground.backing.keys, ground.backing.store
    handles = [raw.decode() for raw in store.command("ZRANGE", keys("w"), 0, -1)]
    start = perf_counter()
    for at in range(0, len(handles), AT_ONCE):
        store.command("MGET", *(keys("p:", one) for one in handles[at : at + AT_ONCE]))
    return perf_counter() - start


def memory(field: str) -> float:
    """Read a figure of this process in megabytes."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def _table(found: list[Loaded], plain: float) -> Table:
    best = min(found, key=lambda loaded: loaded.seconds[TOTAL])
    table = Table(title=f"Loading {best.people:,} sealed people, the best of {len(found)}")
    for heading in ("", "seconds", "µs a record"):
        table.add_column(heading, justify="right" if heading else "left")
    for row in ROWS:
        taken = best.seconds[row]
        table.add_row(row, f"{taken:.3f}", f"{taken / best.people * 1e6:.2f}")
    table.add_row("(seekers' records alone by plain MGET)", f"{plain:.3f}", "")
    return table


if __name__ == "__main__":
    main()
