# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""The commands that publish rules, go back, and show what was published."""

import click
from rich.console import Console

from matcher.bootstrap.desks import publishing, tuning
from matcher.domain.errors import MatcherError, SettingsError
from matcher.domain.versions import OPERATOR, Publication, Version
from matcher.local import terminal
from matcher.local.ruling import files, show
from matcher.local.ruling.options import as_json_option, fail
from matcher.service.tuning import Tuning
from matcher.settings.load import load
from matcher.settings.model import Settings

reason_option = click.option(
    "--reason", required=True, metavar="TEXT", help="Why; it is kept with the version."
)
loosen_option = click.option(
    "--loosen", is_flag=True, help="It is meant that people are protected less than before."
)


def _desk() -> Tuning:
    """Open the rules of the pool in use, as they stand in its state folder."""
    return tuning(load(terminal.environ()))


@click.command()
@click.argument("file")
@reason_option
@loosen_option
@as_json_option
def publish(file: str, *, reason: str, loosen: bool, as_json: bool) -> None:
    """Put rules in force: the next round follows them, nothing is restarted.

    What is wrong is refused, and so is what loosens protections, without --loosen. Every
    version is kept.

    \b
    sanad rules publish my-rules.toml --reason "peers are tired"
    sanad rules publish spare-our-peers --reason "over the holidays" --json
    """
    console, settings = Console(), load(terminal.environ())
    try:
        text, preset = files.text(file, terminal.environ())
        wanted = Publication(text=text, reason=reason, who=OPERATOR, preset=preset)
        made = put_in_force(settings, wanted, loosen=loosen)
    except MatcherError as error:
        fail(error, console, as_json=as_json)
    show.published(made, console, as_json=as_json)


@click.command()
@click.argument("number", type=click.IntRange(1))
@reason_option
@loosen_option
@as_json_option
def rollback(number: int, *, reason: str, loosen: bool, as_json: bool) -> None:
    """Put an old version in force again, as a new one.

    \b
    sanad rules history
    sanad rules rollback 1 --reason "too few find somebody"
    """
    console, settings = Console(), load(terminal.environ())
    try:
        old = tuning(settings).version(number)
        wanted = Publication(text=old.text, reason=reason, who=OPERATOR, preset=old.preset)
        made = put_in_force(settings, wanted, loosen=loosen)
    except MatcherError as error:
        fail(error, console, as_json=as_json)
    show.published(made, console, as_json=as_json)


@click.command()
@as_json_option
def history(*, as_json: bool) -> None:
    """List every version with who, when and why, the one in force first.

    \b
    sanad rules history
    sanad rules history --json
    """
    show.history(_desk().history(), Console(), as_json=as_json)


@click.command()
@click.argument("number", type=click.IntRange(1), required=False)
def export(number: int | None) -> None:
    """Print a version as a rules file, to be changed or taken elsewhere.

    \b
    sanad rules export > my-rules.toml
    sanad rules export 3 > before.toml
    """
    desk = _desk()
    version = desk.current() if number is None else desk.version(number)
    click.echo(version.text, nl=False)


def put_in_force(settings: Settings, wanted: Publication, *, loosen: bool) -> Version:
    """Publish what somebody has seen the consequences of; the log of acts tells of it."""
    desk = tuning(settings)
    after = seen(desk, wanted, loosen=loosen)
    publishing(settings).publish(wanted, after=after)
    return desk.version(after + 1)


def seen(desk: Tuning, wanted: Publication, *, loosen: bool) -> int:
    """Name the version in force that rules would follow; refuse what is wrong or unmeant."""
    number, draft = desk.current().number, desk.check(wanted.text)
    if draft.faults:
        raise draft.faults[0]
    if draft.loosens and not loosen:
        raise SettingsError(
            f"this protects people less than before ({', '.join(sorted(draft.loosens))}); "
            "`sanad rules diff` says how; add --loosen if that is meant"
        )
    return number
