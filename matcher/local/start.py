"""Puts `sanad up` together: settings, log, and where to tell that it is ready."""

from collections.abc import Mapping
from datetime import UTC, datetime

from rich.console import Console

from matcher.local import up as machine
from matcher.local.announce import Announcer
from matcher.local.journal import Journal
from matcher.settings.load import load


def up(environ: Mapping[str, str], *, port: int | None, as_json: bool) -> None:
    """Run everything until told to stop.

    Raises
    ------
    MatcherError
        If something could not be started; the message says what.
    """
    order = machine.Order(
        environ=environ,
        settings=load(environ),
        port=port,
        journal=Journal(Console(stderr=True), lambda: datetime.now(UTC).astimezone()),
        announce=Announcer(Console(), as_json=as_json),
    )
    machine.run(order)
