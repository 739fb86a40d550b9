# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""`sanad report-summary`: how much waits for coordinators, without a look at any of it."""

import json

import click

from matcher.domain.cover import LEAST
from matcher.domain.errors import SettingsError
from matcher.local import terminal
from matcher.settings.load import load


@click.command("report-summary")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def report_summary(*, as_json: bool) -> None:
    """Count the reports that nobody has decided, by what happened.

    Counts are rounded, chance is added to each, and small ones are hidden: one
    more or less hardly shows. Run it where the state folder with the coordinators' key is.

    \b
    sanad report-summary
    sanad report-summary --json
    """
    from matcher.bootstrap.desks import report_desk  # noqa: PLC0415 - help and exec stay quick

    settings = load(terminal.environ())
    if not settings.store_url:
        raise SettingsError("no store is known: start `sanad up`, or set SANAD_STORE_URL")
    counts = report_desk(settings, lambda _: None).summary()
    if as_json:
        click.echo(json.dumps(counts))
        return
    for category, count in counts.items():
        click.echo(f"{category:<10} {f'fewer than {LEAST}' if count is None else count}")
