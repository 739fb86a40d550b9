"""Shows the directory of services; what somebody looks for stands in no address."""

from http import HTTPStatus

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from matcher.domain.needs import GroupId
from matcher.domain.profile import Region
from matcher.domain.services import ServiceId
from matcher.web.common import cookies
from matcher.web.common.csrf import open_form, sent_token
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Form, filled, is_wrong, menu
from matcher.web.common.i18n import in_words
from matcher.web.common.switch import Keeps
from matcher.web.common.wiring import services, settings
from matcher.web.public.answers.peer import asked_groups
from matcher.web.public.near import cards, directory

WHAT, WHERE, FROM = "what", "where", "from"

bp = Blueprint("near", __name__, template_folder="templates")
for _filter in (cards.ways, cards.facts, cards.may_tell):
    bp.add_app_template_filter(_filter, _filter.__name__)


@bp.get("/near")
def show() -> str:
    """List services by what they help with, where they are few enough for one page."""
    return _page(_form({}), listed=directory.by_group(), danger=directory.for_danger())


@bp.post("/near")
@open_form
def find() -> ResponseReturnValue:
    """List services for what was chosen; it is in no address and is kept nowhere."""
    form = _form({name: (request.form.get(name, ""),) for name in (WHAT, WHERE)})
    form.validate()
    if is_wrong(form):
        return _page(form, danger=directory.for_danger()), HTTPStatus.UNPROCESSABLE_ENTITY
    what, where = GroupId(form[WHAT].data), Region(form[WHERE].data)
    found = directory.found(what or None, where or None)
    asked = _number(request.form.get(FROM, ""))
    first = asked if asked < len(found) else 0
    after = first + directory.MANY
    more = after if after < len(found) else None
    danger = directory.for_danger(where or None)
    return _page(form, found=found[first:after], more=more, danger=danger)


@bp.post("/near/bad")
@open_form
def call_bad() -> ResponseReturnValue:
    """Count that a service was bad for somebody: never who, never when, never why."""
    which = request.form.get("which", "")
    if which not in {one.id for one in services().directory.services()}:
        raise BadRequest
    services().taps.call_bad(ServiceId(which), once=sent_token().value)
    return render_template("near/bad.html", is_signed_in=bool(cookies.current()))


def _page(form: Form, **shown: object) -> str:
    parts = {"listed": (), "found": None, "more": None, **shown}
    return render_template(
        "near/all.html",
        form=form,
        helpers=directory.for_helpers(),
        is_signed_in=bool(cookies.current()),
        keeps=Keeps(path=url_for("near.find")),
        **parts,
    )


def _form(answers: Answers) -> Form:
    groups = [(group.id, in_words(group.label)) for group in asked_groups(settings().needs)]
    regions = [(name, in_words(label)) for name, label in settings().regions.items()]
    return filled(
        {
            WHAT: menu(_("What is it about? (optional)"), [("", _("Anything")), *groups]),
            WHERE: menu(_("Where? (optional)"), [("", _("Anywhere")), *regions]),
        },
        answers,
    )


def _number(written: str) -> int:
    is_number = written.isascii() and written.isdigit() and len(written) < _DIGITS
    return int(written) if is_number else 0


_DIGITS = 5
