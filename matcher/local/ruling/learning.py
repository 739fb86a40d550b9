# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""`sanad rules lessons`: what outcomes suggest for the weights, as the console shows it."""

import click
from msgspec import json, to_builtins
from rich.console import Console
from rich.table import Table

from matcher.bootstrap.desks import suggestions
from matcher.domain.amounts import number
from matcher.domain.cover import LEAST
from matcher.domain.errors import MatcherError, SettingsError
from matcher.domain.taught import Lesson, Taught
from matcher.local import terminal
from matcher.local.ruling.options import as_json_option, fail
from matcher.settings.load import load


@click.command()
@as_json_option
def lessons(*, as_json: bool) -> None:
    """Say what many have told of pairs with and without each small term.

    A difference is in how many more of 100 conversations it would have helped; its interval
    holds all four true ones at once 95 times of 100. It is no experiment: pairs were made by
    these very rules. Nothing is changed. Numbers need the store.

    \b
    sanad rules lessons
    sanad rules lessons --json
    """
    console, settings = Console(), load(terminal.environ())
    try:
        if not settings.store_url:
            raise SettingsError("no store is known: start `sanad up`, or set SANAD_STORE_URL")
        found = suggestions(settings).now()
    except MatcherError as error:
        fail(error, console, as_json=as_json)
    show(found, console, as_json=as_json)


def show(found: Taught, console: Console, *, as_json: bool) -> None:
    """Show what was told, and what is worth a try."""
    if as_json:
        _print(console, json.encode(to_builtins(found)).decode())
        return
    told = f"fewer than {LEAST}" if found.answers is None else str(found.answers)
    _print(console, f"answers: {told}; about {found.needed} are needed")
    table = Table(box=None)
    for name in ("weight", "answers", "more of 100 helped", "today", "worth a try"):
        table.add_column(name)
    for one in found.lessons:
        table.add_row(*_row(one))
    console.print(table, markup=False, highlight=False)


def _row(one: Lesson) -> tuple[str, ...]:
    apart = one.difference
    said = "too few to tell"
    if apart:
        low, best, high = (100 * share for share in (apart.low, apart.best, apart.high))
        said = f"{best:+.0f} ({low:+.0f} to {high:+.0f})"
    return (
        one.feature,
        "few" if one.answers is None else str(one.answers),
        said,
        "not known" if one.weight is None else number(one.weight),
        "nothing yet" if one.wish is None else number(one.wish),
    )


def _print(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)
