# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""The commands that try rules on a share of rounds, show how they do, and end that."""

from dataclasses import replace
from datetime import UTC, datetime

import click
from rich.console import Console

from matcher.bootstrap.desks import ends, figures, publishing, trials, tuning
from matcher.domain.coordinator import OPERATOR as BY_OPERATOR
from matcher.domain.errors import MatcherError, SettingsError
from matcher.domain.extent import (
    LEAST_DAYS,
    LEAST_SHARE,
    MOST_BOUND,
    MOST_DAYS,
    MOST_SHARE,
    Extent,
)
from matcher.domain.trial import Trial, Why
from matcher.domain.versions import OPERATOR, Publication
from matcher.local import terminal
from matcher.local.ruling import files, tried
from matcher.local.ruling.options import as_json_option, fail
from matcher.local.ruling.publishing import loosen_option, put_in_force, reason_option, seen
from matcher.settings.load import load

USUAL = Extent()


class Percent(click.IntRange):
    """A whole number of a hundred, with or without its sign."""

    name = "percent"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read the number."""
        told = str(value).removesuffix("%")
        return int(super().convert(told, param, ctx))  # type: ignore[arg-type] # as typed


@click.command("try")
@click.argument("file")
@click.option(
    "--share",
    type=Percent(LEAST_SHARE, MOST_SHARE),
    default=USUAL.share,
    show_default=True,
    help="Of so many of a hundred rounds.",
)
@click.option(
    "--days",
    type=click.IntRange(LEAST_DAYS, MOST_DAYS),
    default=USUAL.days,
    show_default=True,
    help="It ends by itself after so many.",
)
@click.option(
    "--bound",
    type=Percent(0, MOST_BOUND),
    default=USUAL.bound,
    show_default=True,
    help="It ends earlier when more than so many fewer of a hundred are offered somebody.",
)
@reason_option
@loosen_option
@as_json_option
def try_out(file: str, *, reason: str, loosen: bool, as_json: bool, **asked: int) -> None:
    """Try rules on a share of rounds; all others go by the rules in force.

    The next round follows, nothing is restarted. Of each round one newcomer who agreed to be
    counted is counted. The clock ends the trial by itself where fewer are offered somebody in
    their first round, or those who are worst off, by more than the bound and chance explain.

    \b
    sanad rules try my-rules.toml --share 20% --days 14 --reason "peers are tired"
    sanad rules try more-people --share 50% --bound 10% --reason "many wait" --loosen
    """
    console, environ = Console(), terminal.environ()
    settings = load(environ)
    try:
        text, preset = files.text(file, environ)
        wanted = Publication(text=text, reason=reason, who=OPERATOR, preset=preset)
        after = seen(tuning(settings), wanted, loosen=loosen)
        publishing(settings).try_out(wanted, Extent(**asked), after=after)
        made = trials(settings).all(now=_now())[-1]
    except MatcherError as error:
        fail(error, console, as_json=as_json)
    tried.begun(made, console, as_json=as_json)


@click.command()
@as_json_option
def trial(*, as_json: bool) -> None:
    """Show the rules that are on trial, or were last, and how they do.

    Numbers need the store: those of a running `sanad up`, or of SANAD_STORE_URL.

    \b
    sanad rules trial
    sanad rules trial --json
    """
    console, settings = Console(), load(terminal.environ())
    try:
        newest = next(iter(trials(settings).all(now=_now())[-1:]), None)
        found = figures(settings, newest) if newest and settings.store_url else None
    except MatcherError as error:
        fail(error, console, as_json=as_json)
    tried.show(newest, found, console, as_json=as_json)


@click.command("end-trial")
@click.option("--keep", is_flag=True, help="From now on all rounds go by the tried rules.")
@loosen_option
@as_json_option
def end_trial(*, keep: bool, loosen: bool, as_json: bool) -> None:
    """End the trial: drop its rules, or keep them as the new version.

    \b
    sanad rules end-trial
    sanad rules end-trial --keep
    """
    console, settings = Console(), load(terminal.environ())
    kept = trials(settings)
    try:
        on = kept.on(now=_now())
        if on is None:
            raise SettingsError("no rules are on trial")
        if keep:
            put_in_force(settings, replace(on.wanted, who=OPERATOR), loosen=loosen)
        else:
            ends(settings).end(on.number, Why.DROPPED, BY_OPERATOR)
        ended: Trial = kept.all(now=_now())[-1]
    except MatcherError as error:
        fail(error, console, as_json=as_json)
    tried.show(ended, None, console, as_json=as_json)


def _now() -> datetime:
    return datetime.now(UTC)
