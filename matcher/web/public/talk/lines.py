"""Lets somebody tick lines of their conversation for the team; only their places are sent."""

from flask import request
from flask_babel import gettext as _, ngettext

from matcher.domain.errors import LinesTooLongError, TooManyLinesError
from matcher.domain.lines import MOST_LINES, chosen
from matcher.domain.room import Room
from matcher.web.common.forms import Field, Form, refuse, some_of

LINES = "lines"
LISTED = 40
BEGINNING = 80
"""How many lines are listed, and how much of each, in characters: with what people write in a
room that is full, the page is no longer than any other."""


def question(room: Room) -> Field:
    """List the newest lines, newest first, and those that were ticked before.

    While somebody looks at the page more may be written: what it listed can still be ticked.
    """
    every, ticked = len(room.messages), set(request.form.getlist(LINES))
    listed = [at for at in range(every) if at >= every - LISTED or str(at) in ticked]
    choices = [(str(at), _beginning(room.messages[at].text)) for at in reversed(listed)]
    return some_of(_("Which messages?"), choices, hint=_hint(is_cut=every > LISTED))


def check(form: Form, room: Room) -> None:
    """Write beside the lines why these cannot be shown, where they cannot."""
    if form[LINES].errors:
        return
    try:
        chosen(room.messages, places(form))
    except TooManyLinesError:
        refuse(
            form[LINES],
            ngettext(
                "Please tick %(num)s message at the most.",
                "Please tick %(num)s messages at the most.",
                MOST_LINES,
            ),
        )
    except LinesTooLongError:
        refuse(
            form[LINES],
            _("Together these are too long. Please untick a long one; one alone always fits."),
        )


def places(form: Form) -> tuple[int, ...]:
    """Read off a form that is in order which lines were ticked."""
    return tuple(int(value) for value in form[LINES].data)


def _hint(*, is_cut: bool) -> str:
    most = ngettext("%(num)s message at the most.", "%(num)s messages at the most.", MOST_LINES)
    order = _("The newest come first. A long one is cut off here, and copied as a whole.")
    older = ngettext(
        "Only the last %(num)s message stands here.",
        "Only the last %(num)s messages stand here.",
        LISTED,
    )
    return " ".join((most, order, older) if is_cut else (most, order))


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= BEGINNING else f"{words[:BEGINNING].rstrip()}\u2026"
