# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""The commands of `sanad vault`."""

import os
import sys
from pathlib import Path

import click

from matcher.domain.errors import MatcherError
from matcher.local import run_folder
from matcher.settings.load import load


class TerminalError(MatcherError):
    """Keys are neither shown nor typed."""


@click.group()
def vault() -> None:
    """Carry the vault to another machine that serves the same network.

    The vault is what opens everything that is kept of people, and it exists in memory alone.
    Each machine that runs pages, workers or a clock on one store needs the same one. Lost, it
    is lost for all: people are then told to come in again.

    \b
    sanad vault export | ssh second.example sanad vault import
    """


@vault.command("export")
def export() -> None:
    """Write vault, pepper and spent tickets to standard output, for a pipe.

    Whoever reads it can open what is kept now and later: send it into `sanad vault import` on
    another machine and into no file. A terminal is refused.

    \b
    sanad vault export | ssh second.example sanad vault import
    """
    from matcher.local.vault import bundle  # noqa: PLC0415 - help stays quick

    if sys.stdout.isatty():
        raise TerminalError("this would show the keys; pipe it: | ssh HOST sanad vault import")
    sys.stdout.buffer.write(bundle.written(bundle.read(_folder())))
    sys.stdout.flush()


@vault.command("import")
@click.option("--replace", "replaces", is_flag=True, help="Give up the vault that is here.")
def import_(*, replaces: bool) -> None:
    """Read what `sanad vault export` wrote, from standard input, and keep it in memory here.

    Files are made for you alone (0600). The same vault is taken once; another one is only
    overwritten with --replace, and then nothing opens any more that it sealed. Do this before
    the processes of this machine start, or start them again.

    \b
    sanad vault export | ssh second.example sanad vault import
    sanad vault import --replace < /run/user/1000/carried
    """
    from matcher.local.vault import bundle  # noqa: PLC0415 - help stays quick

    if sys.stdin.isatty():
        raise TerminalError("there is nothing to read; see: sanad vault import --help")
    carried = bundle.parse(sys.stdin.buffer.read(bundle.MOST_BYTES))
    if bundle.install(carried, _folder(), replaces=replaces):
        click.echo("The vault is here now. Restart all processes here: old ones keep old keys.")
    else:
        click.echo("This vault was here already; spent tickets were added.")


def _folder() -> Path:
    """Find the vault's folder: as settings say, or else that of a running `sanad up`."""
    is_named = "SANAD_VAULT_DIR" in os.environ
    running = {} if is_named else run_folder.running(os.environ)
    return load({**os.environ, **running}).folders.vault
