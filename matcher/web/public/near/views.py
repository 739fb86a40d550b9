"""Shows the directory of services."""

from flask import Blueprint, render_template

from matcher.web.common import cookies
from matcher.web.public.near.directory import by_group, for_helpers

bp = Blueprint("near", __name__, template_folder="templates")


@bp.get("/near")
def show() -> str:
    """List services by what they help with."""
    return render_template(
        "near/all.html",
        listed=by_group(),
        helpers=for_helpers(),
        is_signed_in=bool(cookies.current()),
    )
