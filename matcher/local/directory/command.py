# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""The commands of `sanad services`."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click
from rich.console import Console

from matcher.local import check_services, findings, terminal
from matcher.settings.load import load
from matcher.state.directory import in_force

if TYPE_CHECKING:
    from matcher.store.taps import Tapped

as_json_option = click.option("--json", "as_json", is_flag=True, help="One line of JSON.")


@click.group()
def services() -> None:
    """Look at the directory of formal help, and at what people told of it.

    \b
    sanad services list
    sanad services check
    """


@services.command("list")
@as_json_option
def show(*, as_json: bool) -> None:
    """List every service and partner: what is shown, what was bad, which cards were used.

    The counts are of the four weeks before today, mixed with chance from the first, so that
    one person more or less hardly shows. They are left out where they are under 11 or could be
    chance alone, and where no store is known.

    \b
    sanad services list
    sanad services list --json
    """
    from matcher.bootstrap.desks import taps  # noqa: PLC0415 - help and exec stay quick
    from matcher.local.directory.listing import lines  # noqa: PLC0415 - as above

    settings = in_force(load(terminal.environ()))
    bad: dict[str, Tapped] = {}
    cards: dict[str, Tapped] = {}
    if settings.store_url:
        found = taps(settings)
        bad = {str(name): one for name, one in found.bad().items()}
        cards = {str(name): one for name, one in found.cards().items()}
    told = list(lines(settings, _today(), bad=bad, cards=cards))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in told], ensure_ascii=False))
        return
    for one in told:
        click.echo(f"{one.id}  {one.state}")
        if one.about is not None:
            what = "used by" if one.kind == "partner" else "bad for"
            count = f"about {one.about} people in four weeks, give or take {one.give_or_take}"
            click.echo(f"    {what} {count}")
    if not told:
        click.echo("the directory has no entry")


@services.command()
@as_json_option
def check(*, as_json: bool) -> None:
    """Say what is missing in the directory, and what will soon be shown no more.

    \b
    sanad services check
    sanad services check --json
    """
    settings = load(terminal.environ())
    found = check_services.examine_kept(settings)
    found += check_services.examine(in_force(settings), _today())
    findings.show(found, Console(), as_json=as_json)
    sys.exit(int(findings.is_anything_wrong(found)))


def _today() -> date:
    return datetime.now(UTC).date()
