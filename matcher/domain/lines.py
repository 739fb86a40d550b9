"""Lines of a conversation that one side shows the team: named by their places, never typed.

A conversation only grows while it is open, so that a place means the same line to its end.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from matcher.domain.errors import LinesTooLongError, NoSuchLineError, TooManyLinesError
from matcher.domain.profile import Role
from matcher.domain.room import MAX_CHARACTERS, Message

MOST_LINES = 5
MOST_BYTES = 4 * MAX_CHARACTERS  # any one line fits, in whatever script


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as the server found it, with the side that wrote it, and no time."""

    author: Role
    text: str


def chosen(messages: Sequence[Message], places: Collection[int]) -> tuple[Line, ...]:
    """Copy the lines at `places` out of a conversation, in its order, each once.

    Raises
    ------
    NoSuchLineError, TooManyLinesError, LinesTooLongError
        If there is no line at one of them, or they are more than may be shown.
    """
    wanted = sorted(set(places))
    if wanted and not 0 <= wanted[0] <= wanted[-1] < len(messages):
        raise NoSuchLineError
    if len(wanted) > MOST_LINES:
        raise TooManyLinesError
    found = (messages[place] for place in wanted)
    lines = tuple(Line(author=one.author, text=one.text) for one in found)
    if sum(len(line.text.encode()) for line in lines) > MOST_BYTES:
        raise LinesTooLongError
    return lines
