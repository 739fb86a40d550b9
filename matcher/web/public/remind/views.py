"""Writes a reminder to look in as a calendar file; nothing of it is kept."""

from collections.abc import Mapping
from datetime import time, timedelta
from uuid import uuid4

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext as _l

from matcher.domain.reminder import Reminder, calendar_file
from matcher.web.common import cookies
from matcher.web.common.forms import Form, filled, is_wrong, menu, one_of
from matcher.web.common.headers import CALENDAR, DOWNLOAD
from matcher.web.common.wiring import services

bp = Blueprint("remind", __name__, template_folder="templates")

WORDS: Mapping[str, str] = {
    "look": _l("Look in"),
    "plants": _l("Water the plants"),
    "stretch": _l("Stretch"),
    "plain": _l("Reminder"),
}
EVERY: Mapping[str, str] = {
    "1": _l("Every day"),
    "2": _l("Every 2 days"),
    "3": _l("Every 3 days"),
}
TIMES = tuple(f"{half // 2:02}:{30 * (half % 2):02}" for half in range(48))
DEFAULTS = {"words": ("look",), "every": ("2",), "at": ("19:00",)}
TOMORROW = timedelta(days=1)


@bp.get("/here/remind")
def show() -> ResponseReturnValue:
    """Ask when, how often, and by which words."""
    services().places.visitor(cookies.current())
    return render_template("remind/remind.html", form=_form(DEFAULTS))


@bp.post("/here/remind")
def make() -> ResponseReturnValue:
    """Hand out the file."""
    services().places.visitor(cookies.current())
    form = _form({name: (request.form.get(name, ""),) for name in DEFAULTS})
    form.validate()
    if is_wrong(form):
        return render_template("remind/remind.html", form=form), 422
    reminder = Reminder(
        words=str(WORDS[form["words"].data]),
        at=time.fromisoformat(form["at"].data),
        every=int(form["every"].data),
    )
    first = (services().clock.now() + TOMORROW).date()
    answer = Response(calendar_file(reminder, first=first, uid=str(uuid4())), mimetype=CALENDAR)
    answer.headers["Content-Disposition"] = DOWNLOAD
    return answer


def _form(answers: Mapping[str, tuple[str, ...]]) -> Form:
    return filled(
        {
            "words": one_of(
                _("What should the calendar say?"),
                WORDS.items(),
                needed=_("Please choose what the calendar should say."),
            ),
            "every": one_of(
                _("How often?"),
                EVERY.items(),
                needed=_("Please choose how often to be reminded."),
            ),
            "at": menu(
                _("At what time?"),
                [(at, at) for at in TIMES],
                needed=_("Please choose at what time to be reminded."),
            ),
        },
        answers,
    )
