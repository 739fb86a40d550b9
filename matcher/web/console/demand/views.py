"""Shows the report to print, and gives it as a file of comma-separated values."""

import csv
from io import StringIO

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher.domain.outcomes import Question
from matcher.domain.profile import Role
from matcher.service.demand import WEEKS, Line
from matcher.web.common.headers import REPORT
from matcher.web.common.i18n import in_words
from matcher.web.console.figures import count, few
from matcher.web.console.gate import console

bp = Blueprint("demand", __name__, template_folder="templates")

MARK = "\ufeff"
"""Without it, some spreadsheets take Arabic for something else."""


@bp.get("/needs")
def show() -> ResponseReturnValue:
    """Show the report."""
    return render_template(
        "demand/demand.html",
        lines=console().demand.lines(),
        today=console().clock.now(),
        reached=console().told.lately()[Role.SEEKER][Question.SERVICE],
        weeks=WEEKS,
        few=few(),
    )


@bp.get("/needs.csv")
def download() -> ResponseReturnValue:
    """Give the report as a file."""
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(
        [
            _("Need"),
            _("A formal service comes first"),
            _("Came with it"),
            _("Found somebody here (of 100)"),
            _("at least"),
            _("at most"),
            _("Found nobody here"),
        ]
    )
    rows.writerows(_row(line) for line in console().demand.lines())
    return Response(
        MARK + written.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": REPORT},
    )


def _row(line: Line) -> list[str]:
    found = line.found
    shares = (found.best, found.low, found.high) if found else ()
    percent = [str(round(100 * share)) for share in shares] or ["", "", ""]
    formal = _("yes") if line.need.formal_first else ""
    return [in_words(line.need.label), formal, count(line.came), *percent, count(line.unmet)]
