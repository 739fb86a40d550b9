# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""`sanad rules preview`: rules tried before they are published."""

import time
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress as Bar

from matcher.bootstrap.desks import previews, tuning
from matcher.domain.errors import MatcherError, SettingsError
from matcher.domain.preview import (
    MOST_FACTOR,
    MOST_MINORS,
    MOST_PEERS,
    MOST_SEEKERS,
    Compared,
    Crowd,
)
from matcher.domain.versions import OPERATOR
from matcher.local import terminal
from matcher.local.ruling import files, previewed
from matcher.local.ruling.options import as_json_option, fail
from matcher.service.previews import Previews, Stage
from matcher.settings.load import load

LOOK_S = 0.2
FACTOR = click.FloatRange(0, MOST_FACTOR)


class PreviewGoneError(MatcherError):
    """Nobody has answered: no worker of the queue `previews` runs, or it was ended."""


class DayUsedUpError(MatcherError):
    """Today has told all that previews may tell about the people who wait."""


@click.command()
@click.argument("file")
@click.option(
    "--seekers", type=click.IntRange(1, MOST_SEEKERS), default=1_000, show_default=True
)
@click.option("--peers", type=click.IntRange(1, MOST_PEERS), default=300, show_default=True)
@click.option(
    "--mix",
    multiple=True,
    metavar="GROUP=FACTOR",
    help="A group of needs that is asked about more or less often than usual.",
)
@click.option(
    "--language",
    multiple=True,
    metavar="CODE=FACTOR",
    help="Seekers who speak it are drawn more or less often than usual.",
)
@click.option("--young", type=FACTOR, default=1.0, help="The same of seekers from 18 to 25.")
@click.option(
    "--burdened",
    type=FACTOR,
    default=1.0,
    help="The same of seekers with something for which formal help comes first.",
)
@click.option(
    "--minors",
    type=click.FloatRange(0, MOST_MINORS),
    default=0.0,
    help="The share under 18 of both sides.",
)
@click.option("--live", is_flag=True, help="On the people who wait: covered counts, few a day.")
@as_json_option
def preview(file: str, **asked: Any) -> None:  # noqa: ANN401 - what click read, by those names
    """Try rules beside those in force, on people who are drawn, before publishing them.

    Needs a running `sanad up`, or servers and a worker of the queue `previews`. Ctrl-C cancels.

    \b
    sanad rules preview more-people
    sanad rules preview my-rules.toml --seekers 10000 --peers 3000 --mix home=2
    sanad rules preview my-rules.toml --language ar=2 --burdened 3
    sanad rules preview my-rules.toml --live --json
    """
    console, as_json = Console(), asked["as_json"]
    crowd = None if asked["live"] else _crowd(asked)
    try:
        found = _run(file, crowd)
    except MatcherError as error:
        fail(error, console, as_json=as_json)
    previewed.show(found, console, as_json=as_json)


def _crowd(asked: dict[str, Any]) -> Crowd:
    return Crowd(
        seekers=asked["seekers"],
        peers=asked["peers"],
        mix=_factors("--mix home=2", asked["mix"]),
        languages=_factors("--language ar=2", asked["language"]),
        young=asked["young"],
        burdened=asked["burdened"],
        minors=asked["minors"],
    )


def _factors(example: str, given: Sequence[str]) -> dict[str, float]:
    pairs = [one.partition("=") for one in given]
    try:
        return {name: float(factor) for name, _, factor in pairs}
    except ValueError:
        option = example.partition(" ")[0]
        raise SettingsError(f"{option} takes a name and a number: {example}") from None


def _run(file: str, crowd: Crowd | None) -> Compared:
    environ = terminal.environ()
    settings = load(environ)
    if not (settings.store_url and settings.queue_url):
        raise SettingsError(
            "no servers are known: start `sanad up`, or set SANAD_STORE_URL and SANAD_QUEUE_URL"
        )
    desk, desk_of_previews = tuning(settings), previews(settings)
    draft = desk.check(files.text(file, environ)[0])
    if draft.rules is None:
        raise draft.faults[0]
    live = desk.opened(desk.current())[1]
    asked = desk_of_previews.ask(live, draft.rules, who=OPERATOR, crowd=crowd)
    found = _waited_for(desk_of_previews, asked)
    if found.drawn is None and not found.live:
        raise DayUsedUpError
    return found


def _waited_for(those: Previews, asked: str) -> Compared:
    """Watch a preview until it has come; whoever leaves cancels it."""
    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("preview")
        try:
            while True:
                stage, progress = those.progress(asked)
                bar.update(task, completed=progress.done, total=progress.of)
                if stage in {Stage.DONE, Stage.GONE}:
                    break
                time.sleep(LOOK_S)
        except KeyboardInterrupt:
            those.cancel(asked)
            raise
    found = those.result(asked)
    if found is None:
        raise PreviewGoneError
    return found
