# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""The commands of `sanad services`."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click
from rich.console import Console

from matcher.domain.services import Service, ServiceId
from matcher.local import check_services, findings, terminal
from matcher.settings.load import load
from matcher.settings.model import Settings

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
    """List every service: whether it is shown, and about how many called it bad.

    The counts are of the four weeks before today, made with chance from the first, so that no
    tap can be told from none. They are left out where they are under 11 or could be chance
    alone, and where no store is known.

    \b
    sanad services list
    sanad services list --json
    """
    settings = load(terminal.environ())
    today, bad = _today(), _bad(settings)
    told = [_told(one, settings, today) | _counted(bad, one.id) for one in settings.services]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in told:
        click.echo(f"{one['service']}  {one['state']}")
        if one["bad"] is not None:
            click.echo(
                f"    bad for about {one['bad']} people in four weeks, "
                f"give or take {one['give_or_take']}: please look into it"
            )
    if not told:
        click.echo("services.toml has no entry")


@services.command()
@as_json_option
def check(*, as_json: bool) -> None:
    """Say what is missing in the directory, and what will soon be shown no more.

    \b
    sanad services check
    sanad services check --json
    """
    found = check_services.examine(load(terminal.environ()), _today())
    findings.show(found, Console(), as_json=as_json)
    sys.exit(int(findings.is_anything_wrong(found)))


def _told(one: Service, settings: Settings, today: date) -> dict[str, object]:
    within = settings.site.checks_last
    is_shown = settings.site.shows_examples
    if not one.is_example:
        is_shown = one.is_current(today, within=within)
    until = one.checked + within if one.checked and is_shown else None
    state = "not shown" if not is_shown else f"shown until {until}" if until else "an example"
    return {"service": one.id, "state": state, "checked": one.checked and str(one.checked)}


def _counted(bad: "dict[ServiceId, Tapped]", service: ServiceId) -> dict[str, object]:
    counted = asdict(bad[service]) if service in bad else {"about": None, "give_or_take": None}
    return {"bad": counted["about"], "give_or_take": counted["give_or_take"]}


def _bad(settings: Settings) -> "dict[ServiceId, Tapped]":
    from matcher.bootstrap import taps  # noqa: PLC0415 - help and exec stay quick

    return taps(settings).bad() if settings.store_url else {}


def _today() -> date:
    return datetime.now(UTC).date()
