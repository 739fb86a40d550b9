"""Runs one very large round alone and prints its marks: `poe bench-large`."""

import resource
import time
from dataclasses import replace

import click
from rich.console import Console
from rich.table import Table

from matcher.engine.building import build
from matcher.engine.pairing import STRICT, pair_up
from matcher.engine.warming import warm
from tests.bench.markets import Mark, market, tell

MINUTE, KILOBYTES_A_GIGABYTE = 60, 2**20
MAY_MISS = 2e-2


@click.command()
@click.option("--seekers", default=1_000_000, show_default=True, help="With 0.3 peers each.")
@click.option("--threads", default=2, show_default=True, help="How many scan at once.")
@click.option("--loss", default=MAY_MISS, show_default=True, help="What may be missed.")
@click.option("--seed", default=1, show_default=True, help="The pool's seed.")
def main(seekers: int, threads: int, loss: float, seed: int) -> None:
    """Pair so many seekers, and say how long it took and what is proved."""
    warm()
    started = time.perf_counter()
    drawn = market(seekers, seed)
    drawing = time.perf_counter() - started
    started = time.perf_counter()
    pool = build(drawn.wanted)
    building = time.perf_counter() - started
    effort = replace(STRICT, threads=threads, loss=loss)
    found = pair_up(pool, drawn.places, effort).assignment
    whole = time.perf_counter() - started
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_A_GIGABYTE
    table = Table("seekers", "drawing", "building", "whole round", "GB at most", "proved")
    proved = found.total / found.bound if found.bound else 1.0
    table.add_row(
        f"{seekers:,}",
        f"{drawing:.0f} s",
        f"{building:.0f} s",
        f"{whole:.0f} s",
        f"{gigabytes:.2f}",
        f"{proved:.5f}",
    )
    Console().print(table)
    tell(
        [
            Mark(
                name="6 minutes", figure=f"{whole / MINUTE:.1f}", is_reached=whole <= 6 * MINUTE
            ),
            Mark(
                name="2.5 GB, drawing too",
                figure=f"{gigabytes:.2f}",
                is_reached=gigabytes <= 2.5,
            ),
            Mark(name="proved 0.98", figure=f"{proved:.5f}", is_reached=proved >= 0.98),
        ]
    )


if __name__ == "__main__":
    main()
