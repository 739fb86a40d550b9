"""Shows who coordinates; owners ask for changes, which take a second yes."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.codes import groups
from matcher.domain.coordinator import CoordinatorId, Rank
from matcher.web.console.acts import words
from matcher.web.console.gate import be_sure, console, for_owners, me

bp = Blueprint("staff", __name__, template_folder="templates")


@bp.get("/coordinators")
def show() -> ResponseReturnValue:
    """List who coordinates."""
    return _page()


@bp.post("/coordinators/invite")
@for_owners
def invite() -> ResponseReturnValue:
    """Draw a one-time code and show it, this once."""
    be_sure()
    code = console().staff.ask_to_invite(me().id, _rank())
    return _page(groups=groups(code))


@bp.post("/coordinators/rank")
@for_owners
def change() -> ResponseReturnValue:
    """Ask for somebody to become an owner, or to be one no more."""
    be_sure()
    console().staff.ask_to_rank(me().id, _whom(), _rank())
    return redirect(url_for("acts.show"), code=303)


@bp.post("/coordinators/recover")
@for_owners
def recover() -> ResponseReturnValue:
    """Draw a one-time code for somebody's account and show it, this once."""
    be_sure()
    code = console().staff.ask_to_recover(me().id, _whom())
    return _page(groups=groups(code))


@bp.post("/coordinators/remove")
@for_owners
def remove() -> ResponseReturnValue:
    """Ask for somebody's account to end."""
    be_sure()
    console().staff.ask_to_remove(me().id, _whom())
    return redirect(url_for("acts.show"), code=303)


def _page(groups: tuple[str, ...] = ()) -> str:
    return render_template(
        "staff/staff.html",
        all=console().coordinators.roster().coordinators,
        groups=groups,
        is_owner=me().rank is Rank.OWNER,
        ranks=words.RANKS,
        other={Rank.OWNER: Rank.COORDINATOR, Rank.COORDINATOR: Rank.OWNER},
    )


def _rank() -> Rank:
    return Rank.OWNER if request.form.get("rank") == Rank.OWNER else Rank.COORDINATOR


def _whom() -> CoordinatorId:
    return CoordinatorId(request.form.get("whom", ""))
