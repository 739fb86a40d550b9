"""Shows what many have told of the small terms, and begins a draft of what is worth a try."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from matcher.domain.amounts import number
from matcher.service.outcomes import WEEKS
from matcher.web.console.gate import console
from matcher.web.console.lessons import words

bp = Blueprint("lessons", __name__, template_folder="templates")


@bp.get("/outcomes/weights")
def show() -> ResponseReturnValue:
    """Show each small term with its difference, its weight, and what to try."""
    suggestions = console().suggestions
    found = suggestions.now()
    return render_template(
        "lessons/lessons.html",
        taught=found,
        drafts={one.feature: suggestions.draft(one) for one in found.lessons},
        live=console().tuning.current().number,
        weeks=WEEKS,
        number=number,
        words=words,
    )
