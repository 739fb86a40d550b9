"""Asks for previews of a draft, says how far they are, and shows what came out."""

import re
from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher.web.common.given_back import gives_back
from matcher.web.console.drafts import crowd as crowds
from matcher.web.console.drafts.pages import ANYWHERE, LIVE, check, page, typed
from matcher.web.console.gate import console, me
from matcher.web.console.previews import words
from matcher.web.console.previews.tables import tables

bp = Blueprint("previews", __name__, template_folder="templates")

LOOK_EVERY_S = 3

_ID = re.compile("[0-9a-f]{32}")


@bp.post("/rules/preview/ask")
@gives_back("text", named=crowds.label)
def ask() -> ResponseReturnValue:
    """Ask how a draft would do beside the rules in force."""
    wanted, crowd = typed(), None
    rules = check(wanted).rules
    if rules is None:
        wrong = {ANYWHERE: _("This text has mistakes, so it cannot be tried.")}
        return page(wanted, wrong=wrong), 422
    if wanted.on != LIVE:
        form = crowds.form_of(wanted.crowd)
        crowd = crowds.read(form)
        if crowd is None:
            return page(wanted, crowd=form), 422
    tuning = console().tuning
    live = tuning.opened(tuning.current())[1]
    asked = console().previews().ask(live, rules, who=me().id, crowd=crowd)
    return redirect(url_for("previews.show", which=asked), code=303)


@bp.get("/rules/preview")
def show() -> ResponseReturnValue:
    """Show what came out, or how far it is; a browser looks again by itself."""
    which = _which(request.args.get("which", ""))
    found = console().previews().result(which) if which else None
    if found:
        shown = tables(found)
        gains = [abs(row.gain or 0) for table in shown for row in table.rows]
        return render_template(
            "previews/result.html",
            found=found,
            drawn_like=words.drawn_like(found.crowd) if found.crowd else [],
            tables=shown,
            most_gain=max(gains, default=0),
        )
    return _progress(which)


@bp.post("/rules/preview/cancel")
def cancel() -> ResponseReturnValue:
    """Let a preview be."""
    which = _which(request.form.get("which", ""))
    if which:
        console().previews().cancel(which)
    return redirect(url_for("previews.show", which=which), code=303)


def _progress(which: str) -> Response:
    stage, progress = console().previews().progress(which) if which else ("gone", None)
    is_gone = stage == "gone"
    answer = make_response(
        render_template("previews/progress.html", which=which, stage=stage, progress=progress),
        HTTPStatus.GONE if is_gone else HTTPStatus.OK,
    )
    if not is_gone:
        answer.headers["Refresh"] = str(LOOK_EVERY_S)
    return answer


def _which(given: str) -> str:
    """Take what names a preview, and nothing else that is kept beside them."""
    return given if _ID.fullmatch(given) else ""
