"""What a preview shows at a terminal, and as JSON."""

from collections.abc import Iterator, Mapping

from msgspec import json, to_builtins
from rich.console import Console
from rich.table import Table

from matcher.domain.amounts import percent
from matcher.domain.preview import Compared, Moved, Outcome, moved

Row = tuple[str, str, str]
FEW = "few"
HIDDEN = "hidden"


def show(found: Compared, console: Console, *, as_json: bool) -> None:
    """Show both versions beside each other."""
    if as_json:
        told = {**to_builtins(found), "groups": [_moved(one) for one in moved(found)]}
        console.print(json.encode(told).decode(), markup=False, soft_wrap=True)
        return
    if found.drawn:
        _table(console, "Of people who were drawn", _figures(*found.drawn))
    else:
        _table(
            console,
            f"Of people who wait, give or take {found.off_by:.0f} each",
            _counts(found.live or {}),
        )
    _table(console, "Who gains, and who loses", [_row(one) for one in moved(found)])


def _figures(before: Outcome, after: Outcome) -> Iterator[Row]:
    both = before, after
    yield _of("find somebody", *(percent(one.rate) for one in both))
    yield _of("mean score", *(f"{one.score:.3f}" for one in both))
    yield _of("days waited by who finds somebody", *(f"{one.days_matched:.1f}" for one in both))
    yield _of("days waited by who is left", *(f"{one.days_left:.1f}" for one in both))
    yield _of("worst off", *(_worst(one) for one in both))
    yield from _beside("left, waited", before.waits, after.waits)
    yield from _beside("peers with so many suggestions:", before.load, after.load)
    yield from _beside("pairs kept apart by", before.blocked, after.blocked)


def _of(name: str, *values: str) -> Row:
    before, after = values
    return name, before, after


def _worst(outcome: Outcome) -> str:
    worst = outcome.worst
    return f"{worst} ({percent(outcome.groups[worst].rate)})" if worst else "-"


def _beside(
    words: str, before: Mapping[str, int | None], after: Mapping[str, int | None]
) -> Iterator[Row]:
    for name in {**before, **after}:
        yield _of(f"{words} {name}", *(_count(side.get(name, 0)) for side in (before, after)))


def _counts(tables: Mapping[str, Mapping[str, int | None]]) -> Iterator[Row]:
    for name in ("matched", "waiting", "waits"):
        yield from _beside(name, tables[f"before.{name}"], tables[f"after.{name}"])


def _count(number: int | None) -> str:
    return FEW if number is None else f"{number:,}"


def _row(one: Moved) -> Row:
    before, after = (HIDDEN if s is None else percent(s) for s in (one.before, one.after))
    return one.group, before, after


def _moved(one: Moved) -> dict[str, object]:
    told = {"before": one.before, "after": one.after, "gain": one.gain}
    return {"group": one.group, **{k: HIDDEN if v is None else v for k, v in told.items()}}


def _table(console: Console, title: str, rows: Iterator[Row] | list[Row]) -> None:
    console.print(f"\n{title}", markup=False, highlight=False)
    table = Table(box=None)
    for name in ("", "in force", "then"):
        table.add_column(name, justify="right" if name else "left")
    for row in rows:
        table.add_row(*row)
    console.print(table, markup=False, highlight=False)
