"""What previews of rules take in their worker: `python -m tests.bench.bench_previews`."""

import os
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from time import perf_counter

from rich.console import Console
from rich.table import Table

from matcher.domain.preview import MOST_PEERS, MOST_SEEKERS, Crowd
from matcher.engine import warming
from matcher.store.previews import Previews as Store, Wanted
from tests.bench.bench_loading import in_a_fork, memory
from tests.bench.filling import Filled, filled
from worker.previews import Previews
from worker.wiring import previews_ground

NICE = 10


def main(arguments: Sequence[str] | None = None) -> None:
    """Run both kinds a few times, each in a child as a horse does, and print what they took."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seekers", type=int, default=MOST_SEEKERS)
    parser.add_argument("--peers", type=int, default=MOST_PEERS)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args(arguments)
    os.nice(NICE)
    warming.warm()
    crowd = Crowd(seekers=asked.seekers, peers=asked.peers)
    kinds = {"drawn": crowd, "drawn, by a mix": replace(crowd, mix={"home": 3.0}), "live": None}
    table = Table("on whom", "seconds", "MB more")
    with filled(asked.seekers, asked.peers, 0) as ground:
        for name, one in kinds.items():
            found = [
                in_a_fork(partial(_run, ground, one, nth)) for nth in range(1, asked.times + 1)
            ]
            seconds = " ".join(f"{took['seconds']:.2f}" for took in found)
            table.add_row(name, seconds, f"{max(took['megabytes'] for took in found):.0f}")
    Console().print(table)


def _run(ground: Filled, crowd: Crowd | None, nth: int) -> Mapping[str, float]:
    """Run one preview; each of the same kind is another question."""
    rules, store = ground.backing.settings.rules, Store(ground.backing)
    other = replace(rules, floor=rules.floor / (1 + nth))
    asked = store.want(Wanted(before=rules, after=other, who="bench", crowd=crowd))
    before, start = memory("VmRSS"), perf_counter()
    Previews(previews_ground(ground.backing), lambda _: None).run(asked)
    return {"seconds": perf_counter() - start, "megabytes": memory("VmHWM") - before}


if __name__ == "__main__":
    main()
