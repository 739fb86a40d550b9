"""Opens reports and decides about them; each is written down, and no page names anybody."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from matcher.domain.profile import Role
from matcher.domain.report import Decision, ReportId
from matcher.web.console.gate import be_sure, console, me
from matcher.web.public.team.words import CATEGORIES

bp = Blueprint("reports", __name__, template_folder="templates")

SIDES = {
    Role.SEEKER: _l("somebody who looks for help"),
    Role.PEER: _l("somebody who helps"),
}
DANGEROUS = {Decision.SUSPEND, Decision.REVOKE}


@bp.get("/reports")
def show() -> ResponseReturnValue:
    """List what waits, sealed, and the suspensions that can be undone."""
    reports = console().reports
    return render_template(
        "reports/reports.html", waiting=reports.waiting(), suspended=reports.suspended()
    )


@bp.post("/reports/open")
def read() -> ResponseReturnValue:
    """Open one report."""
    found = console().reports.open(_which(), me().id)
    return render_template(
        "reports/open.html", report=found, categories=CATEGORIES, sides=SIDES
    )


@bp.post("/reports/decide")
def decide() -> ResponseReturnValue:
    """Decide about a report."""
    decision = _decision()
    if decision in DANGEROUS:
        be_sure()
    console().reports.decide(_which(), decision, me().id)
    return redirect(url_for("reports.show"), code=303)


@bp.post("/reports/release")
def release() -> ResponseReturnValue:
    """Ask that a suspension be undone."""
    be_sure()
    console().reports.ask_to_release(_which(), me().id)
    return redirect(url_for("acts.show"), code=303)


def _which() -> ReportId:
    return ReportId(request.form.get("report", ""))


def _decision() -> Decision:
    try:
        return Decision(request.form.get("decision", ""))
    except ValueError:
        abort(HTTPStatus.BAD_REQUEST)
