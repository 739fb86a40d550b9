"""What the commands of `sanad rules` share."""

import sys
from typing import NoReturn

import click
from rich.console import Console

from matcher.domain.errors import MatcherError
from matcher.local.ruling import show

EXIT_FAILED = 1

as_json_option = click.option("--json", "as_json", is_flag=True, help="One line of JSON.")


def fail(error: MatcherError, console: Console, *, as_json: bool) -> NoReturn:
    """Say why something could not be done, and end."""
    summary = (type(error).__doc__ or "").partition("\n")[0]
    show.refused(str(error) or summary, console, as_json=as_json)
    sys.exit(EXIT_FAILED)
