"""Compares forms of the score, and chooses one without the survey it is then tried on."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from matcher.engine.baselines import BASELINES, Score
from matcher.engine.evaluate import Plan, evaluate
from matcher.engine.trials import Setting, Survey
from matcher.local.evaluation.table import read_people
from tests.bench import anonymity, findings
from tests.bench.findings import HALF, Cell
from tests.bench.forms import forms
from tests.bench.invented import invented
from tests.bench.unseen import variants


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print a line a form, and what leaving each survey out would have chosen."""
    asked = _asked(arguments)
    compared = _compared(asked.forms)
    console = Console(width=200, soft_wrap=asked.markdown)
    surveys = {file.name.partition(".")[0]: read_people(file) for file in asked.files}
    cells = _cells(surveys, compared, asked)
    found = findings.table(cells, list(compared))
    console.print(found.as_markdown() if asked.markdown else found.as_table())
    for name in surveys if len(surveys) > 1 else ():
        console.print(findings.left_out(cells, name, list(compared)))
    if asked.unseen:
        parts = {f"{name}: {what}": part for name, what, part in _parts(surveys)}
        for title, others in (("parts of these", parts), ("invented", invented())):
            found = findings.summary(title, _cells(others, compared, asked), list(compared))
            console.print(found.as_markdown() if asked.markdown else found.as_table())
    if not asked.forms:
        console.print(anonymity.table(asked.files, asked.about.split(",")))


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="poe study", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="as `sanad evaluate` reads them")
    parser.add_argument("--ticks", default="2,4,6", help="numbers, or half")
    parser.add_argument("--peers", default="200")
    parser.add_argument("--crowds", default="1,3", help="seekers a peer; three at most each")
    parser.add_argument("--repeats", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--forms", default="", help="only these beside the baselines; with ;")
    parser.add_argument(
        "--unseen", action="store_true", help="parts of surveys, and invented ones, as well"
    )
    parser.add_argument("--markdown", action="store_true", help="to paste somewhere")
    parser.add_argument("--about", default="age,sex,gender,region", help="who is singled out")
    return parser.parse_args(arguments)


def _compared(wanted: str) -> Mapping[str, Score]:
    known = forms()
    named = [one.strip() for one in wanted.split(";")] if wanted else list(known)
    return {name: score for name, score in known.items() if name in {*BASELINES, *named}}


def _parts(surveys: Mapping[str, Survey]) -> Iterator[tuple[str, str, Survey]]:
    for name, survey in surveys.items():
        for what, part in variants(survey).items():
            yield name, what, part


def _cells(
    surveys: Mapping[str, Survey], compared: Mapping[str, Score], asked: argparse.Namespace
) -> list[Cell]:
    settings = list(_settings(asked))
    cells = []
    for name, survey in track(surveys.items(), "surveys", console=Console(stderr=True)):
        for setting in settings:
            plan = Plan(setting=setting, repeats=asked.repeats, seed=asked.seed)
            rows = evaluate(survey, plan, compared)
            cells.append(Cell(survey=name, setting=setting, rows=rows))
    return cells


def _settings(asked: argparse.Namespace) -> Iterator[Setting]:
    for ticks in asked.ticks.split(","):
        for peers in asked.peers.split(","):
            for crowd in asked.crowds.split(","):
                yield Setting(
                    ticks=None if ticks == HALF else int(ticks),
                    peers=int(peers),
                    seekers=int(peers) * int(crowd),
                )


if __name__ == "__main__":
    main()
