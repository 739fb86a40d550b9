"""Compares forms of the score, and chooses one without the survey it is then tried on."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from matcher.engine.baselines import BASELINES
from matcher.engine.evaluate import Plan, Row, evaluate
from matcher.engine.trials import Setting
from matcher.local.evaluation.table import read_people
from tests.bench import anonymity
from tests.bench.forms import forms

HALF = "half"
SHARED_AT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How every form did on one survey in one setting."""

    survey: str
    setting: Setting
    rows: tuple[Row, ...]

    def gain(self, form: str) -> float:
        """Compare a form with the best baseline here."""
        return self._mean(form) / max(self._mean(name) for name in BASELINES) - 1

    def shared(self, form: str) -> float:
        """Give the share of ticks shared."""
        return next(row.shared for row in self.rows if row.score == form)

    def is_worse(self, form: str) -> bool:
        """Say whether a form lies below the best baseline, interval and all."""
        high = next(row.agreement.high for row in self.rows if row.score == form)
        return high < max(self._mean(name) for name in BASELINES)

    def _mean(self, form: str) -> float:
        return next(row.agreement.mean for row in self.rows if row.score == form)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print a line a form, and what leaving each survey out would have chosen."""
    asked = _asked(arguments)
    settings = list(_settings(asked))
    cells = [
        Cell(survey=file.name, setting=setting, rows=_rows(file, setting, asked))
        for file, setting in track([(f, s) for f in asked.files for s in settings], "trials")
    ]
    console = Console(width=72 + 14 * len(cells))
    console.print(_table(cells))
    if len(asked.files) > 1:
        for file in asked.files:
            console.print(_left_out(cells, file.name))
    console.print(anonymity.table(asked.files, asked.about.split(",")))


def choose(cells: Sequence[Cell]) -> str:
    """Take the form whose median and worst gain are best together; baselines may not win."""
    found = [form for form in forms() if form not in BASELINES]

    def worth(form: str) -> float:
        gains = [cell.gain(form) for cell in cells]
        return float(np.median(gains)) + min(gains)

    return max(found, key=worth)


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="poe study", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="as `sanad evaluate` reads them")
    parser.add_argument("--ticks", default="2,4,6", help="numbers, or half")
    parser.add_argument("--peers", default="200")
    parser.add_argument("--crowds", default="1,3", help="seekers a peer; three at most each")
    parser.add_argument("--repeats", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--about", default="age,sex,gender,region", help="who is singled out")
    return parser.parse_args(arguments)


def _settings(asked: argparse.Namespace) -> Iterator[Setting]:
    for ticks in asked.ticks.split(","):
        for peers in asked.peers.split(","):
            for crowd in asked.crowds.split(","):
                yield Setting(
                    ticks=None if ticks == HALF else int(ticks),
                    peers=int(peers),
                    seekers=int(peers) * int(crowd),
                )


def _rows(file: Path, setting: Setting, asked: argparse.Namespace) -> tuple[Row, ...]:
    plan = Plan(setting=setting, repeats=asked.repeats, seed=asked.seed)
    return evaluate(read_people(file), plan, forms())


def _table(cells: Sequence[Cell]) -> Table:
    table = Table(title="gain over the best baseline of each column; * significantly below")
    for name in ("form", "median", "worst", f"shared at {SHARED_AT}"):
        table.add_column(name, no_wrap=True)
    for cell in cells:
        ticks = cell.setting.ticks or HALF
        crowd = (cell.setting.seekers or 0) // cell.setting.peers
        table.add_column(f"{cell.survey[:6]} {ticks} {cell.setting.peers}x{crowd}")
    for form in forms():
        gains = [cell.gain(form) for cell in cells]
        shared = [cell.shared(form) for cell in cells if cell.setting.ticks == SHARED_AT]
        table.add_row(
            form,
            f"{np.median(gains):+.0%}",
            f"{min(gains):+.0%}",
            f"{min(shared):.2f}-{max(shared):.2f}" if shared else "",
            *(f"{cell.gain(form):+.0%}{'*' * cell.is_worse(form)}" for cell in cells),
        )
    return table


def _left_out(cells: Sequence[Cell], survey: str) -> str:
    chosen = choose([cell for cell in cells if cell.survey != survey])
    gains = [cell.gain(chosen) for cell in cells if cell.survey == survey]
    return (
        f"without {survey}: {chosen}; on it median {np.median(gains):+.0%}, "
        f"worst {min(gains):+.0%}"
    )


if __name__ == "__main__":
    main()
