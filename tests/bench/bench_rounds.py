"""Compares candidates and rounds with what a user would pick instead: `poe bench`."""

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from matcher.domain.rules import Objective, Rules
from matcher.engine.building import build
from matcher.engine.candidates import best
from matcher.engine.matrices import Floats, Ints
from matcher.engine.objective import bonus
from matcher.engine.pairing import FAST, STRICT, Effort, pair_up
from matcher.engine.pool import Pool
from matcher.engine.warming import warm
from tests.bench import rivals
from tests.bench.alone import Took, alone
from tests.bench.arriving import arrival
from tests.bench.markets import Mark, Market, Paired, market, tell

KEPT = 32
CLOSE = 1e-4
FEW = 0.02
PLAIN = 200  # with 1,000 people the package in plain Python ran out of stack


def ours(drawn: Market, effort: Effort) -> Paired:
    """Run our round from the same arrays that the rivals start from."""
    found = pair_up(build(drawn.wanted), drawn.places, effort).assignment
    people = int((found.columns >= 0).sum())
    return Paired(total=found.total, people=people, bound=found.bound)


def most_people(drawn: Market, effort: Effort) -> Paired:
    """Run our round for most people; its total is that of the scores alone."""
    urgency = drawn.wanted.urgency
    more = bonus(Rules(objective=Objective.MOST), urgency)
    found = ours(replace(drawn, wanted=replace(drawn.wanted, bonus=more)), effort)
    return Paired(total=found.total - more * found.people, people=found.people)


def rival(drawn: Market, solve: Callable[[Floats, Ints], rivals.Answer]) -> Paired:
    """Score all pairs, then let a rival pair them."""
    total, people = solve(rivals.dense(drawn.wanted), drawn.places)
    return Paired(total=total, people=people)


def candidates(n_seekers: int, seed: int, sample: int) -> tuple[Table, list[Mark]]:
    """Find candidates in several ways, one thread: time, and recall of the truly best."""
    drawn = market(n_seekers, seed)
    pool, rows = build(drawn.wanted), np.arange(sample)
    ticks = drawn.wanted.scorer.seekers(rows).asked.ticks
    truth = rivals.dense(drawn.wanted, range(sample))
    n_open = (truth > 0).sum(axis=1)
    groups = {"all": n_open > 0, "few may": (n_open > 0) & (n_open < FEW * truth.shape[1])}
    table = Table("candidates", "µs a seeker", "÷ ours", *(f"recall, {one}" for one in groups))
    first = _search(lambda: list(_lists(pool, rows)), truth, groups)
    searches = {f"ours, exact {KEPT}": first}
    for name, (module, make) in rivals.SEARCHES.items():
        for most in (32, 320) if rivals.is_installed(module) else ():
            look = partial(make(drawn.wanted, most), ticks)
            found = _search(look, truth, groups)
            searches[f"{name}, {most}, then filter"] = found
    for name, (took, recalls) in searches.items():
        told = (f"{one:.3f}" for one in recalls.values())
        table.add_row(name, f"{took / sample * 1e6:.0f}", f"{took / first[0]:.1f}", *told)
    ratio = searches["scikit-learn neighbours, 320, then filter"][0] / first[0]
    is_exact = all(one == 1 for one in first[1].values())
    alone_ratio = arrival(drawn.wanted, pool, KEPT)
    return table, [
        Mark(
            name="candidates 8 x scikit-learn 320, recall 1",
            figure=f"{ratio:.1f} x, recall {first[1]['all']:.4f}",
            is_reached=ratio >= 8 and is_exact,
        ),
        Mark(
            name=f"one arrival against {truth.shape[1]:,} peers 50 x scikit-learn 320",
            figure=f"{alone_ratio:.1f} x",
            is_reached=alone_ratio >= 50,
        ),
    ]


def _lists(pool: Pool, rows: Ints) -> list[Ints]:
    found = best(pool, rows, KEPT)
    return np.split(found.indices.astype(np.int64), found.indptr[1:-1])


def _search(
    run: Callable[[], list[Ints]], truth: Floats, groups: Mapping[str, np.ndarray]
) -> tuple[float, dict[str, float]]:
    run()
    started = time.perf_counter()
    found = run()
    took = time.perf_counter() - started
    shares = {
        name: _recall(truth, found, np.flatnonzero(some)) for name, some in groups.items()
    }
    return took, shares


def _recall(truth: Floats, found: list[Ints], rows: Ints) -> float:
    """Say which share of the best was found; of equal ones any will do."""
    hits = wanted = 0
    for row in rows.tolist():
        size = min(KEPT, int(np.count_nonzero(truth[row])))
        least = np.partition(truth[row], -size)[-size]
        hits += min(size, int((truth[row, found[row]] >= least - CLOSE).sum()))
        wanted += size
    return hits / max(1, wanted)


def rounds(n_seekers: int, seed: int) -> tuple[Table, list[Mark]]:
    """Run whole rounds in several ways, one thread, each in a process of its own."""
    drawn = market(n_seekers, seed)
    found = {
        "ours, strict": alone(lambda: ours(drawn, STRICT)),
        "ours, fast": alone(lambda: ours(drawn, FAST)),
        "ours, aim: most people": alone(lambda: most_people(drawn, STRICT)),
        "dense + greedy": alone(lambda: rival(drawn, rivals.greedy)),
        "dense + OR-tools, all edges": alone(lambda: rival(drawn, rivals.flow)),
        "dense + scipy linear_sum_assignment": alone(lambda: rival(drawn, rivals.hungarian)),
    }
    mine, optimum = found["ours, strict"], found["dense + scipy linear_sum_assignment"]
    table = Table(f"round, {n_seekers:,}", "s", "÷ ours", "MB more", "÷ optimum", "people")
    for name, one in found.items():
        table.add_row(name, *_cells(one, mine, optimum.result.total), f"{one.result.people:,}")
    greedy = found["dense + greedy"]
    return table, [
        *_round_marks(mine, optimum),
        *_greedy_marks("best fit", mine.result, greedy.result),
        *_greedy_marks("most people", found["ours, aim: most people"].result, greedy.result),
    ]


def _cells(one: Took[Paired], mine: Took[Paired], optimum: float) -> tuple[str, ...]:
    return (
        f"{one.seconds:.2f}",
        f"{one.seconds / mine.seconds:.1f}",
        f"{one.megabytes:.0f}",
        f"{one.result.total / optimum:.5f}",
    )


def _round_marks(mine: Took[Paired], optimum: Took[Paired]) -> list[Mark]:
    fast = optimum.seconds / mine.seconds
    share, proved = (
        mine.result.total / optimum.result.total,
        mine.result.total / mine.result.bound,
    )
    small = optimum.megabytes / max(mine.megabytes, 1)
    holds = mine.result.bound >= optimum.result.total * (1 - 1e-9)
    return [
        Mark(name="20 x dense + scipy", figure=f"{fast:.1f} x", is_reached=fast >= 20),
        Mark(name="0.9995 of the optimum", figure=f"{share:.6f}", is_reached=share >= 0.9995),
        Mark(name="the bound holds", figure=f"proved {proved:.5f}", is_reached=holds),
        Mark(name="1/5 of its memory", figure=f"1/{small:.0f}", is_reached=small >= 5),
    ]


def _greedy_marks(aim: str, mine: Paired, greedy: Paired) -> list[Mark]:
    more, people = mine.total / greedy.total - 1, mine.people / greedy.people - 1
    return [
        Mark(
            name=f"{aim}: total 4 % above greedy",
            figure=f"{more:+.1%}",
            is_reached=more >= 0.04,
        ),
        Mark(
            name=f"{aim}: 3 % more people than greedy",
            figure=f"{people:+.1%}",
            is_reached=people >= 0.03,
        ),
    ]


def stable(n_seekers: int, seed: int) -> Table:
    """Compare with stable matching by a package in plain Python, in a pool it can manage."""
    drawn = market(n_seekers, seed)
    table = Table(f"round, {n_seekers:,}", "s", "÷ ours", "total ÷ ours", "people")
    mine = alone(lambda: ours(drawn, STRICT))
    found = {"ours, strict": mine}
    if rivals.is_installed("matching"):
        found["matching, hospital-resident"] = alone(lambda: rival(drawn, rivals.hospitals))
    for name, one in found.items():
        cells = f"{one.seconds:.3f}", f"{one.seconds / mine.seconds:.1f}"
        share = f"{one.result.total / mine.result.total:.4f}"
        table.add_row(name, *cells, share, f"{one.result.people:,}")
    return table


def scale(n_seekers: int, small: int, seed: int) -> tuple[Table, list[Mark]]:
    """Run large rounds on two cores, and tell how the time grows on one."""
    little, large = market(small, seed), market(n_seekers, seed)
    table = Table("ours", "seekers", "threads", "s", "processor s", "MB more", "proved")
    found = {
        ("strict", small, 1): alone(lambda: ours(little, STRICT)),
        ("strict", n_seekers, 1): alone(lambda: ours(large, STRICT)),
        ("strict", n_seekers, 2): alone(lambda: ours(large, _on_two(STRICT))),
        ("fast", n_seekers, 2): alone(lambda: ours(large, _on_two(FAST))),
    }
    for (name, size, threads), one in found.items():
        proved = one.result.total / one.result.bound
        cells = f"{one.seconds:.1f}", f"{one.processor:.1f}", f"{one.megabytes:.0f}"
        table.add_row(name, f"{size:,}", str(threads), *cells, f"{proved:.5f}")
    one, many = found["strict", small, 1], found["strict", n_seekers, 1]
    power = math.log(many.processor / one.processor) / math.log(n_seekers / small)
    return table, [
        *_scale_marks("strict", found["strict", n_seekers, 2], 0.999),
        *_scale_marks("fast", found["fast", n_seekers, 2], 0.99),
        Mark(
            name="growth exponent 1.8 at most", figure=f"{power:.2f}", is_reached=power <= 1.8
        ),
    ]


def _on_two(effort: Effort) -> Effort:
    return replace(effort, threads=2)


def _scale_marks(name: str, one: Took[Paired], least: float) -> list[Mark]:
    proved = one.result.total / one.result.bound
    return [
        Mark(
            name=f"{name}: 20 s on two cores",
            figure=f"{one.seconds:.1f} s",
            is_reached=one.seconds <= 20,
        ),
        Mark(
            name=f"{name}: 500 MB",
            figure=f"{one.megabytes:.0f} MB",
            is_reached=one.megabytes <= 500,
        ),
        Mark(
            name=f"{name}: proved {least}", figure=f"{proved:.5f}", is_reached=proved >= least
        ),
    ]


@click.command()
@click.option("--seekers", default=10_000, show_default=True, help="In the rounds compared.")
@click.option("--large", default=100_000, show_default=True, help="In candidates and at scale.")
@click.option("--sample", default=1_000, show_default=True, help="Seekers looked for.")
@click.option("--seed", default=1, show_default=True, help="The pools' seed.")
@click.option("--json", "out", type=click.Path(path_type=Path), help="Also write the marks.")
def main(seekers: int, large: int, sample: int, seed: int, out: Path | None) -> None:
    """Print candidates, rounds and rounds at scale with ratios, and each mark."""
    warm()
    marks: list[Mark] = []
    parts: tuple[Callable[[], tuple[Table, list[Mark]]], ...] = (
        lambda: candidates(large, seed, sample),
        lambda: rounds(seekers, seed),
        lambda: (stable(min(seekers, PLAIN), seed), []),
        lambda: scale(large, seekers, seed),
    )
    for part in parts:
        with threadpool_limits(1):  # numpy's and scikit-learn's own threads, for all alike
            table, found = part()
        Console().print(table)
        marks += found
    tell(marks)
    if out:
        out.write_text(json.dumps([asdict(mark) for mark in marks], indent=1))


if __name__ == "__main__":
    main()
