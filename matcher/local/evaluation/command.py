"""Runs `sanad evaluate`: reads people, repeats trials, shows and saves what came out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from rich.console import Console
from rich.progress import Progress

from matcher.domain.errors import SettingsError
from matcher.engine.evaluate import SCORES, Plan, evaluate
from matcher.engine.trials import Setting
from matcher.local.evaluation import plot, show
from matcher.local.evaluation.show import Result
from matcher.local.evaluation.table import read_people


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for; no ticks means half lists."""

    file: Path
    ticks: tuple[int, ...]
    peers: int
    repeats: int
    seed: int
    by: str
    json: Path | None
    plot: Path | None

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Self:
        """Take what the command line read.

        Raises
        ------
        SettingsError
            If the ticks are no numbers of 1 or more.
        """
        given = str(asked["ticks"]).split(",")
        if not all(one.strip().isdecimal() and int(one) > 0 for one in given):
            raise SettingsError("--ticks takes numbers of 1 or more, with commas: 2,4,6")
        return cls(
            file=asked["file"],
            ticks=() if asked["half"] else tuple(int(one) for one in given),
            peers=asked["peers"],
            repeats=asked["repeats"],
            seed=asked["seed"],
            by=asked["by"],
            json=asked["as_json"],
            plot=asked["plot"],
        )


def run(wish: Wish) -> tuple[Result, ...]:
    """Measure, print a table, and write the files asked for.

    Raises
    ------
    SettingsError
        If the table has no such `about:` column, or a file cannot be written.
    TableError
        If the table is wrong.
    InvalidMatrixError
        If it has too few people.
    """
    survey = read_people(wish.file)
    by = wish.by.removeprefix("about:")
    if by and by not in survey.about:
        known = ", ".join(sorted(survey.about)) or "none"
        raise SettingsError(f"{wish.file} has no column 'about:{by}'; it has: {known}")
    settings = [Setting(ticks=one, peers=wish.peers) for one in wish.ticks or (None,)]
    results = []
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("trials", total=len(settings) * wish.repeats * len(SCORES))
        for setting in settings:
            plan = Plan(setting=setting, repeats=wish.repeats, seed=wish.seed, by=by)
            rows = evaluate(survey, plan, on_step=lambda: bar.advance(task))
            results.append(Result(setting=setting, rows=rows))
    found = tuple(results)
    show.show(found, Console())
    about = {
        "people": len(survey.answers),
        "needs": len(survey.needs),
        "repeats": wish.repeats,
        "seed": wish.seed,
        "by": by,
    }
    _write(wish.json, show.as_json(found, about))
    _write(wish.plot, plot.draw(found))
    return found


def _write(path: Path | None, text: str) -> None:
    if path is None:
        return
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from None
