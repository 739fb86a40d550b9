"""Compares the chances of groups, as far as their numbers allow."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from matcher.domain.counted import By
from matcher.service.fairness import WEEKS
from matcher.web.console.fairness.words import TITLES, group_name
from matcher.web.console.gate import console

bp = Blueprint("fairness", __name__, template_folder="templates")


@bp.get("/fairness")
def show() -> ResponseReturnValue:
    """Show who found somebody, and who soon, by group."""
    divisions = console().fairness.divisions()
    return render_template(
        "fairness/fairness.html",
        divisions=divisions,
        worse=[by for by in By if divisions[by].is_worse],
        changed=console().fairness.changed(),
        weeks=WEEKS,
        titles=TITLES,
        group_name=group_name,
    )
