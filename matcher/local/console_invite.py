# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""`sanad console-invite`: one-time codes for coordinators, shown where nobody reads along."""

import json
import os
import sys

import click

from matcher.domain.coordinator import Rank
from matcher.domain.errors import SettingsError
from matcher.local import invite, run_folder, terminal
from matcher.settings.load import load
from matcher.settings.model import Settings

FIRST = Rank.OWNER
"""Where nobody is there yet, somebody has to say who else comes in."""


def make(settings: Settings, rank: Rank | None) -> str:
    """Make a one-time code and return it as it is shown; without a rank, for the first.

    Raises
    ------
    SettingsError
        If no store is known.
    StoreDownError
        If the store does not answer.
    """
    from matcher.bootstrap.console import build  # noqa: PLC0415 - help and exec stay quick

    _refuse_no_store(settings)
    coordinators = build(settings).coordinators
    rank = rank or (FIRST if coordinators.are_none() else Rank.COORDINATOR)
    return invite.shown(coordinators.open_door(rank))


def give_back(settings: Settings, name: str) -> str:
    """Make a one-time code for somebody's account. Raises like `make`.

    Raises
    ------
    UnknownNameError
        If nobody signs in with this name.
    """
    from matcher.bootstrap.console import build  # noqa: PLC0415 - help and exec stay quick

    _refuse_no_store(settings)
    return invite.shown(build(settings).coordinators.open_account(name))


def first(settings: Settings) -> str | None:
    """Make a one-time code for the first coordinator; none where somebody is there already."""
    from matcher.bootstrap.console import build  # noqa: PLC0415 - help and exec stay quick

    return make(settings, FIRST) if build(settings).coordinators.are_none() else None


def _refuse_no_store(settings: Settings) -> None:
    if not settings.store_url:
        raise SettingsError("no store is known: start `sanad up`, or set SANAD_STORE_URL")


@click.command("console-invite")
@click.option(
    "--rank",
    type=click.Choice([rank.value for rank in Rank]),
    help="What the code lets somebody become; the first becomes an owner.",
)
@click.option(
    "--account",
    metavar="NAME",
    default="",
    help="Whose account the code gives back: they lost their passphrase or authenticator.",
)
@click.option("--json", "as_json", is_flag=True, help="Where the code is, as JSON.")
def console_invite(rank: str | None, account: str, *, as_json: bool) -> None:
    """Make a one-time code for a coordinator, to be typed in on the console's pages.

    It works once, within 24 hours. On a terminal it is shown. Otherwise, or with --json, it is
    written to a file that only you can read, and its path is printed.

    With --account it gives somebody's account back, who chooses a new passphrase and
    authenticator: the old ones, and passkeys, then open nothing any more. This is written into
    the log, and coordinators read of it on their first page.

    \b
    sanad console-invite
    sanad console-invite --rank owner
    sanad console-invite --account Ana
    """
    if rank and account:
        raise click.UsageError("an account keeps its rank: --account goes without --rank")
    settings = load(terminal.environ())
    wanted = Rank(rank) if rank else None
    code = give_back(settings, account) if account else make(settings, wanted)
    if sys.stdout.isatty() and not as_json:
        click.echo(code)
        return
    path = str(invite.write_new(run_folder.for_codes(os.environ), [code]))
    click.echo(json.dumps({"code": path}) if as_json else path)
