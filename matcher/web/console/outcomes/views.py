"""Shows what many have told about how it was, with how sure that is."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from matcher.service.outcomes import WEEKS
from matcher.web.console.gate import console
from matcher.web.console.outcomes.words import ANSWERS, QUESTIONS, ROLES

bp = Blueprint("outcomes", __name__, template_folder="templates")


@bp.get("/outcomes")
def show() -> ResponseReturnValue:
    """Show the estimates of the last weeks."""
    return render_template(
        "outcomes/outcomes.html",
        told=console().told.lately(),
        weeks=WEEKS,
        roles=ROLES,
        questions=QUESTIONS,
        answers=ANSWERS,
    )
