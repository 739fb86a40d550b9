"""How far what outcomes teach can be trusted: `python -m tests.bench.bench_lessons`.

For several sizes, noises and mixes of features: how often intervals hold the truth, one by one
and all at once; how often something is suggested where nothing helps; how often a large
difference and a middling one are found.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from rich.console import Console
from rich.table import Table

from matcher.domain.lessons import FEATURES, Heard
from matcher.domain.regression import Fit, fitted
from matcher.domain.shares import Z
from matcher.domain.taught import Way, apart, taught
from tests.hearing import EVEN, ODD, hear

NOTHING = (0.3, 0.0, 0.0, 0.0, 0.0)
SOME = (0.0, 0.9, 0.0, -0.45, 0.45)
"""About 20, 0, -10 and 10 more of a hundred."""

SIZES = (1_000, 1_200, 2_000, 3_000, 6_000)
WEIGHTS = dict.fromkeys(FEATURES, 0.05)
HELD = (0.93, 0.98)
MOST_FALSE = 0.05 + 0.01  # chance of the bench itself


@dataclass(frozen=True, slots=True)
class _Draws:
    """How often to draw how many answers, under which noise, of pairs of which features."""

    times: int
    answers: int
    scale: float
    has: Sequence[float]


@dataclass(slots=True)
class Marks:
    """What came of many draws."""

    told: int = 0
    each: float = 0.0
    at_once: int = 0
    pointed: int = 0
    found: int = 0
    middling: float = 0.0

    def note(self, heard: Heard, effects: Sequence[float]) -> None:
        """Read one draw beside the truth."""
        lessons = taught(heard, WEIGHTS).lessons
        differences = [one.difference for one in lessons if one.difference]
        fit = fitted(heard)
        if len(differences) < len(FEATURES) or fit is None:
            return
        true = Fit(best=tuple(effects), variance=())
        held = [
            one.low <= apart(heard, true, place, effects[place + 1]) <= one.high
            for place, one in enumerate(differences)
        ]
        ways = [one.way for one in differences]
        self.told += 1
        self.each += _held(fit, effects)
        self.at_once += all(held)
        self.pointed += any(way is not Way.OPEN for way in ways)
        self.found += ways[0] is Way.MORE
        self.middling += ((ways[2] is Way.LESS) + (ways[3] is Way.MORE)) / 2

    def share(self, count: float) -> float:
        """Say how often something was so, of the draws of which anything was told."""
        return count / max(1, self.told)


def _held(fit: Fit, effects: Sequence[float]) -> float:
    """Say how many single intervals of 95 % hold the true effects."""
    held = [
        abs(fit.best[at] - effects[at]) < Z * sqrt(fit.variance[at][at])
        for at in range(1, len(effects))
    ]
    return sum(held) / len(held)


def main(arguments: Sequence[str]) -> int:
    """Draw many times, print a table, 1 if a mark is missed."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    wish = parser.parse_args(arguments)
    rng = np.random.default_rng(wish.seed)
    table, misses = Table(box=None), 0
    for name in ("features", "noise", "answers", "told", "each held", "all held", "false"):
        table.add_column(name)
    table.add_column("large found")
    table.add_column("middling found")
    for has, mix in ((EVEN, "even"), (ODD, "odd")):
        for scale in (0.0, 1.0):
            for answers in SIZES:
                draws = _Draws(wish.times, answers, scale, has)
                none, some = (_marks(rng, draws, effects) for effects in (NOTHING, SOME))
                row, is_fine = _row(none, some)
                noise = f"{hear(np.random.default_rng(), 16, NOTHING, scale=scale).noise:.1f}"
                table.add_row(mix, noise, f"{answers:,}", *row)
                misses += not is_fine
    Console(width=120).print(table, f"missed: {misses}", markup=False)
    return int(misses > 0)


def _marks(rng: np.random.Generator, draws: _Draws, effects: Sequence[float]) -> Marks:
    marks = Marks()
    for _ in range(draws.times):
        heard = hear(rng, draws.answers, effects, scale=draws.scale, has=draws.has)
        marks.note(heard, effects)
    return marks


def _row(none: Marks, some: Marks) -> tuple[list[str], bool]:
    each = [marks.share(marks.each) for marks in (none, some)]
    at_once = [marks.share(marks.at_once) for marks in (none, some)]
    false = none.share(none.pointed)
    row = [
        f"{some.told:,}",
        " ".join(f"{one:.3f}" for one in each),
        " ".join(f"{one:.3f}" for one in at_once),
        f"{false:.3f}",
        f"{some.share(some.found):.2f}",
        f"{some.share(some.middling):.2f}",
    ]
    is_told = min(none.told, some.told) > 100
    is_held = all(HELD[0] <= one <= HELD[1] for one in (*each, *at_once))
    return row, not is_told or (is_held and false <= MOST_FALSE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
