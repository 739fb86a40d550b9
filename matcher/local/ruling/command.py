# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""The commands of `sanad rules`."""

import click
from rich.console import Console

from matcher.domain.errors import SettingsError
from matcher.local import terminal
from matcher.local.ruling import files, learning, previewing, publishing, show, trying
from matcher.local.ruling.options import as_json_option, fail


@click.group()
def rules() -> None:
    """Check, compare, try and publish the rules by which people are paired.

    FILE is a rules file, or the name of a preset: balanced, more-people, closer-fit,
    spare-our-peers, extra-careful. Left out, it is what was published last, or else the file in
    config/: of the pool which SANAD_POOL names, or else of the main one. A file is about the
    needs.toml beside it, or else that of the pool. No server is needed but for `preview` and
    `lessons`. What is published, tried or ended stands in the log of acts, as what coordinators
    do does.

    \b
    sanad rules check
    sanad rules explain spare-our-peers
    sanad rules diff balanced my-rules.toml
    sanad rules preview my-rules.toml
    sanad rules publish my-rules.toml --reason "peers are tired"
    sanad rules try my-rules.toml --share 20% --days 14 --reason "peers are tired"
    sanad rules trial
    sanad rules lessons
    sanad rules history
    """


rules.add_command(previewing.preview)
rules.add_command(publishing.publish)
rules.add_command(publishing.rollback)
rules.add_command(publishing.history)
rules.add_command(publishing.export)
rules.add_command(trying.try_out)
rules.add_command(trying.trial)
rules.add_command(trying.end_trial)
rules.add_command(learning.lessons)


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
        show.check(files.opened(file, terminal.environ()), console, as_json=as_json)
    except SettingsError as error:
        fail(error, console, as_json=as_json)


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
    show.explain(files.opened(file, terminal.environ()), Console(), as_json=as_json)


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
    before, after = (files.opened(name, terminal.environ()) for name in (old, new))
    show.diff(before, after, Console(), as_json=as_json)
