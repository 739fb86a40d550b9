"""Lets a person tell the team by their code alone, also when their place has gone.

Nobody is signed in by this: what derives from the code travels sealed in the page itself, and
leads to nothing but what they can tell.
"""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.errors import CapsuleGoneError, MistypedCodeError, NothingToTellError
from matcher.web.common import code_words
from matcher.web.common.csrf import open_form
from matcher.web.common.derived import posted_keys
from matcher.web.common.forms import Form, filled, refuse
from matcher.web.common.switch import Keeps, is_switch
from matcher.web.common.wiring import services
from matcher.web.public import questions, slips
from matcher.web.public.team.forms import category, chosen, question
from matcher.web.public.team.views import told, untold

PASS = "pass"  # noqa: S105 - the name of a field

_CONTEXT = b"tell the team"

bp = Blueprint("team_by_code", __name__, template_folder="templates")


@bp.get("/back/team")
def show() -> ResponseReturnValue:
    """Ask for the code."""
    return _asks(_code_form(""))


@bp.post("/back/team")
@open_form
def open_list() -> ResponseReturnValue:
    """List what a code leads to; every code that leads to nothing looks the same."""
    form = _code_form(request.form.get("code", ""))
    try:
        if keys := posted_keys():
            return _page(services().reports.own_of(keys))
        if form.validate():
            return _page(services().reports.own_of(code_words.parse(form["code"].data)))
    except (MistypedCodeError, NothingToTellError) as error:
        refuse(form["code"], slips.sentence(error))
    return _asks(form), 422


@bp.post("/back/team/send")
@open_form
def send() -> ResponseReturnValue:
    """Tell the team about somebody they have talked with."""
    own = services().drafts.open(request.form.get(PASS, ""), context=_CONTEXT)
    every = services().reports.of(own)
    capsules = untold(every)
    form = question(capsules)
    if is_switch():
        return _page(own, form)
    if not every:
        raise CapsuleGoneError
    if not capsules:  # the button was pressed twice
        return _page(own)
    if not form.validate():
        return _page(own, form), 422
    services().reports.tell(own, chosen(form, capsules), category(form))
    return _page(own)


def _page(own: bytes, form: Form = None) -> str:
    capsules = services().reports.of(own)
    return render_template(
        "team/by_code.html",
        form=form or question(untold(capsules)),
        can_tell=bool(untold(capsules)),
        told=told(capsules),
        carried=services().drafts.seal(own, context=_CONTEXT),
        keeps=Keeps(path=url_for("team_by_code.send")),
    )


def _asks(form: Form) -> str:
    return render_template("team/code.html", form=form, slips=slips.for_scripts())


def _code_form(typed: str) -> Form:
    return filled({"code": questions.return_code()}, {"code": (typed,)})
