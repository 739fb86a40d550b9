"""Promise 15: how much better than by chance hostile people's cards tell who is here.

`poe bench-fishing [--weeks N] [--only NAME ...]`: N times two simulated weeks for each line.
Beside the gain of the best guess stands what a guess gains that looks at one thing alone.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from matcher.domain.needs import Needs
from matcher.domain.rules import Rules
from matcher.settings.load import config_folder, load
from matcher.settings.rules_file import read_rules
from tests.bench.baits import NEEDS, Waters
from tests.bench.fishing import fish
from tests.bench.guessing import Channel, Watcher, doubt, gain, has_seen, rate
from tests.bench.lures import Asks
from tests.bench.seeking import seek

MARK = 0.05
AT_ONCE = 2
WIDTH = 150
SETTINGS = load({"HOME": str(Path("/nowhere"))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is fished in and how: two weeks of a seed; `is_promised` is held to the mark."""

    name: str
    weeks: Callable[[int], Sequence[Watcher]]
    is_promised: bool


def main(arguments: Sequence[str]) -> int:
    """Print one line for each way to fish; 1 when the promise is not kept by some rules."""
    parser = ArgumentParser(prog="poe bench-fishing")
    parser.add_argument("--weeks", type=int, default=100, help="times two weeks, each line")
    parser.add_argument("--only", nargs="+", help="these lines alone, by their names")
    asked = parser.parse_args(arguments)
    lines, times = _chosen(asked.only or []), asked.weeks
    if not lines:
        parser.error(f"no line is called so: {', '.join(asked.only)}")
    table = Table(
        "who fishes, where", "targets", "± ", *Channel, "a card fitted", "nobody there"
    )
    console, is_kept = Console(width=WIDTH), True
    with ProcessPoolExecutor(AT_ONCE) as processes:
        for line in lines:
            done = processes.map(line.weeks, range(times), chunksize=4)
            weeks = track(done, line.name, times, console=console, transient=True)
            found = [one for week in weeks for one in week]
            is_kept &= not line.is_promised or gain(found) <= MARK
            table.add_row(line.name, *_told(found))
            console.print(f"{line.name}: gain {gain(found):.3f} ± {doubt(found):.3f}")
    console.print(table)
    where = "in these lines" if asked.only else "by every rules file"
    console.print(f"promised: at most {MARK} {where}: {'kept' if is_kept else 'NOT KEPT'}")
    return 0 if is_kept else 1


def _chosen(names: Sequence[str]) -> list[Line]:
    return [line for line in _all_lines() if not names or line.name in names]


def _told(found: Sequence[Watcher]) -> tuple[str, ...]:
    gains = [gain(found, channel) for channel in Channel]
    seen = [rate(found, has_seen, is_here=is_here) for is_here in (True, False)]
    return (str(len(found)), *(f"{number:.3f}" for number in (doubt(found), *gains, *seen)))


def _all_lines() -> Iterator[Line]:
    for name, waters, is_promised in _all_waters():
        yield Line(name=name, weeks=partial(fish, waters), is_promised=is_promised)
    waters = Waters(rules=SETTINGS.rules)
    any_wish = replace(waters, is_any_wish_met=True)
    for name, where, asks, is_promised in (
        ("seekers without wishes", waters, Asks.NOTHING, True),
        ("seekers with one wish", waters, Asks.ONE_THING, True),
        ("seekers with two wishes", waters, Asks.TWO_THINGS, True),
        ("seekers with all wishes", waters, Asks.ALL, True),
        ("one wish, any is met", any_wish, Asks.ONE_THING, False),
        ("all wishes, any is met", any_wish, Asks.ALL, False),
    ):
        yield Line(name=name, weeks=partial(seek, where, asks), is_promised=is_promised)


def _all_waters() -> Iterator[tuple[str, Waters, bool]]:
    rules = SETTINGS.rules
    yield "rules.toml", Waters(rules=rules), True
    for name, preset in _presets(SETTINGS.needs):
        yield name, Waters(rules=preset), True
    yield "rules.toml, never looking twice", Waters(rules=rules, do_look_twice=False), True
    few = Waters(rules=rules, seekers=300, peers=90, hostile=12)
    yield "rules.toml, many wait for few", few, True
    yield "no draw", Waters(rules=_with(rules, draw_among=1)), False
    yield "no ration", Waters(rules=_with(rules, a_day=50)), False
    yield "edits at once", Waters(rules=rules, are_edits_late=False), False
    yield (
        "all topics ruled out",
        Waters(rules=rules, most_never=len(NEEDS.all)),
        False,
    )
    yield "cards that tell all", Waters(rules=rules, are_cards_common=False), False
    yield "neither", _unguarded(rules), False


def _unguarded(rules: Rules) -> Waters:
    return Waters(rules=rules, are_cards_common=False, most_never=len(NEEDS.all))


def _with(rules: Rules, **changes: int) -> Rules:
    return replace(rules, offers=replace(rules.offers, **changes))  # type: ignore[arg-type]  # numbers only


def _presets(needs: Needs) -> Iterator[tuple[str, Rules]]:
    for path in sorted((config_folder({}) / "presets").glob("*.toml")):
        yield path.stem, read_rules(path, needs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
