"""Shows the guide; it needs no session and no store, and is the same for everybody."""

from flask import Blueprint, render_template

from matcher.web.common import cookies

bp = Blueprint("guide", __name__, template_folder="templates")


@bp.get("/guide")
def show() -> str:
    """Show what somebody who listens is and is not, with sentences that can be used."""
    return render_template("guide/guide.html", is_signed_in=bool(cookies.current()))
