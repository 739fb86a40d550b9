# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""The commands of `sanad rules`."""

import os
import sys

import click
from rich.console import Console

from matcher.domain.errors import SettingsError
from matcher.local.ruling import files, show

EXIT_FAILED = 1

as_json_option = click.option("--json", "as_json", is_flag=True, help="One line of JSON.")


@click.group()
def rules() -> None:
    """Check, explain and compare the rules by which people are paired.

    FILE is a rules file, or the name of a preset: balanced, more-people, closer-fit,
    spare-our-peers, extra-careful. Left out, it is the one in use: that of the pool which
    SANAD_POOL names, or else of the main one. A file is about the needs.toml beside it, or else
    that of the pool. No server is needed.

    \b
    sanad rules check
    sanad rules explain spare-our-peers
    sanad rules diff balanced my-rules.toml
    """


@rules.command()
@click.argument("file", default="")
@as_json_option
def check(file: str, *, as_json: bool) -> None:
    """Find mistakes in a rules file, and what may not be meant.

    A mistake is told with its line, its key, and what is allowed; exit code 1. Odd values and
    combinations are told too, but do not change the exit code.

    \b
    sanad rules check
    sanad rules check config/presets/closer-fit.toml
    sanad rules check my-rules.toml --json
    """
    console = Console()
    try:
        show.check(files.opened(file, os.environ), console, as_json=as_json)
    except SettingsError as error:
        show.refused(str(error), console, as_json=as_json)
        sys.exit(EXIT_FAILED)


@rules.command()
@click.argument("file", default="")
@as_json_option
def explain(file: str, *, as_json: bool) -> None:
    """Say every rule of a file as one plain sentence with its value.

    Below stands what keeps two people apart whatever their score, by the name under which a
    round counts it.

    \b
    sanad rules explain
    sanad rules explain extra-careful
    sanad rules explain my-rules.toml --json
    """
    show.explain(files.opened(file, os.environ), Console(), as_json=as_json)


@rules.command()
@click.argument("old")
@click.argument("new", default="")
@as_json_option
def diff(old: str, new: str, *, as_json: bool) -> None:
    """Say what changes from one rules file to another, rule by rule.

    \b
    sanad rules diff balanced
    sanad rules diff balanced spare-our-peers
    """
    before, after = (files.opened(name, os.environ) for name in (old, new))
    show.diff(before, after, Console(), as_json=as_json)
