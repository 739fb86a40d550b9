"""Promise 15: how much better than by chance a hostile peer's cards tell who is here.

`poe bench-fishing [--weeks N]`: N times two simulated weeks for each line.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import sqrt
from pathlib import Path

from rich.console import Console
from rich.table import Table

from matcher.domain.needs import Needs
from matcher.domain.rules import Rules
from matcher.settings.load import config_folder, load
from matcher.settings.rules_file import read_rules
from tests.bench.baits import Hostile, Waters
from tests.bench.fishing import fish, gain, has_seen, has_seen_again, rate

MARK = 0.05
SETTINGS = load({"HOME": str(Path("/nowhere"))})


def main(arguments: Sequence[str]) -> int:
    """Print one line for each way to fish; 1 when the promise is not kept by some rules."""
    parser = ArgumentParser(prog="poe bench-fishing")
    parser.add_argument("--weeks", type=int, default=20, help="times two weeks, each line")
    times = parser.parse_args(arguments).weeks
    table = Table("waters", "targets", "gain", "± ", "true", "false", "seen twice")
    console, is_kept = Console(), True
    for name, waters, is_promised in _all_waters():
        found = [one for seed in range(times) for one in fish(waters, seed)]
        is_kept &= not is_promised or gain(found) <= MARK
        table.add_row(name, *_told(found))
        console.print(f"{name}: gain {gain(found):.2f}")
    console.print(table)
    console.print(
        f"promised: at most {MARK} by every rules file: {'kept' if is_kept else 'NOT KEPT'}"
    )
    return 0 if is_kept else 1


def _told(found: Sequence[Hostile]) -> tuple[str, ...]:
    seen = [rate(found, has_seen, is_here=is_here) for is_here in (True, False)]
    again = rate(found, has_seen_again, is_here=True)
    error = sqrt(sum(share * (1 - share) / (len(found) / 2) for share in seen))
    numbers = (gain(found), 2 * error, *seen, again)
    return (str(len(found)), *(f"{number:.2f}" for number in numbers))


def _all_waters() -> Iterator[tuple[str, Waters, bool]]:
    rules = SETTINGS.rules
    yield "rules.toml", Waters(rules=rules), True
    for name, preset in _presets(SETTINGS.needs):
        yield name, Waters(rules=preset), True
    yield "rules.toml, few peers", _few(Waters(rules=rules)), True
    yield "no draw", Waters(rules=_with(rules, draw_among=1)), False
    yield "draw among 10", Waters(rules=_with(rules, draw_among=10)), False
    yield "no ration", Waters(rules=_with(rules, a_day=50)), False
    yield "edits at once", Waters(rules=rules, are_edits_late=False), False
    yield "no filter by topics", Waters(rules=rules, is_sharp=False), False
    plain = Waters(rules=rules, is_sharp=False, crowd=11)
    yield "no filter, cards of 11", plain, False
    yield "no filter, cards of 11, few peers", _few(plain), False


def _few(waters: Waters) -> Waters:
    """Let many wait for few: most are suggested to the next peer who fits."""
    return replace(waters, seekers=300, peers=90, hostile=12)


def _with(rules: Rules, **changes: int) -> Rules:
    return replace(rules, offers=replace(rules.offers, **changes))  # type: ignore[arg-type]  # numbers only


def _presets(needs: Needs) -> Iterator[tuple[str, Rules]]:
    for path in sorted((config_folder({}) / "presets").glob("*.toml")):
        yield path.stem, read_rules(path, needs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
