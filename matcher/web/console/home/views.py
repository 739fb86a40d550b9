"""What waits for whoever is signed in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("home", __name__, template_folder="templates")


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show where everything is."""
    return render_template("home/home.html")
