"""Meets people with a card; its code opens one group of needs, and skips nothing."""

from http import HTTPStatus

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher.domain.codes import plain
from matcher.domain.partner import LETTERS, Partner, partner_of
from matcher.web.common.csrf import open_form, sent_token
from matcher.web.common.forms import Form, filled, line, refuse
from matcher.web.common.switch import Keeps, is_switch
from matcher.web.common.wiring import services, settings
from matcher.web.public import questions
from matcher.web.public.start.pages import SUGGESTED, WALK
from matcher.web.public.walk.views import begin

bp = Blueprint("card", __name__, template_folder="templates")


@bp.get("/card")
def show() -> str:
    """Ask for the code of a card, for those whose card has one."""
    return _page(_form(""))


@bp.post("/card")
@open_form
def send() -> ResponseReturnValue:
    """Begin the pages with one group open; all codes that open nothing look the same."""
    form = _form(request.form.get("code", ""))
    if is_switch():
        return _page(form)
    typed = form["code"].data or ""
    found = _partner(typed) if form.validate() else None
    if found is None:
        if not form["code"].errors:
            refuse(form["code"], _wrong(typed))
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    first = begin(WALK, {**questions.DEFAULTS, SUGGESTED: (found.group,)})
    services().taps.use_card(found.id, once=sent_token().value)
    return first


def _partner(typed: str) -> Partner | None:
    shown = settings().site.shows_examples
    known = (one for one in services().cards.partners() if shown or not one.is_example)
    return partner_of(typed, known)


def _wrong(typed: str) -> str:
    """Say that no card has this code, or that none can: how long it is anybody can count."""
    if (count := len(plain(typed))) not in LETTERS:
        return str(
            _(
                "The code of a card has %(least)s to %(most)s letters and digits, and these "
                "are %(count)s. Please compare it with the card, or go on without it.",
                least=LETTERS.start,
                most=LETTERS.stop - 1,
                count=count,
            )
        )
    return str(
        _(
            "No card of ours has this code. Please compare it with the card. You can also go "
            "on without it: nothing is missing then."
        )
    )


def _page(form: Form) -> str:
    return render_template("card/card.html", form=form, keeps=Keeps(path=url_for("card.send")))


def _form(typed: str) -> Form:
    hint = _("A few letters and digits. Spaces, dashes and capitals do not matter.")
    label = _("The code on your card, if there is one")
    needed = _("Please type the code of your card.")
    return filled({"code": line(label, hint=hint, needed=needed)}, {"code": (typed,)})
