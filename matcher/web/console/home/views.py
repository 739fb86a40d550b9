"""What waits for whoever is signed in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from matcher.web.console.gate import console, me

bp = Blueprint("home", __name__, template_folder="templates")


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show where everything is."""
    return render_template(
        "home/home.html",
        waiting=console().oversight.waiting(me().id),
        has_reports=bool(console().reports.waiting()),
        has_notes=console().notes.are_waiting(),
    )
