"""One readable log of several processes, on standard error."""

from collections.abc import Callable
from datetime import datetime

from rich.console import Console
from rich.text import Text

OWN_NAME = "sanad"

_COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "bright_cyan", "bright_magenta")
_WIDTH = 8


class Journal:
    """Writes one line a message: when, who, what.

    Times go to the minute: a finer one would tell when somebody came.
    """

    def __init__(self, console: Console, now: Callable[[], datetime]) -> None:
        self._console = console
        self._now = now
        self._colours: dict[str, str] = {}

    def say(self, line: str, *, name: str = OWN_NAME, style: str = "") -> None:
        """Write what `name` said."""
        colour = self._colours.setdefault(name, _COLOURS[len(self._colours) % len(_COLOURS)])
        self._console.print(
            Text.assemble(
                (f"{self._now():%H:%M} ", "dim"),
                (f"{name:<{_WIDTH}} ", colour),
                (line.rstrip(), style),
            ),
            soft_wrap=True,
        )
