"""Lets a person who is signed in tell the team, and shows what became of what they told."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.errors import CapsuleGoneError
from matcher.domain.place import Visitor
from matcher.domain.report import Capsule
from matcher.web.common import cookies
from matcher.web.common.forms import Form
from matcher.web.common.switch import Keeps, is_switch
from matcher.web.common.wiring import services
from matcher.web.public.team.forms import category, chosen, question

bp = Blueprint("team", __name__, template_folder="templates")


@bp.get("/here/team")
def show() -> ResponseReturnValue:
    """List what somebody can tell about, and what they told."""
    capsules = _capsules(_visitor())
    return _page(capsules, question(untold(capsules)))


@bp.post("/here/team")
def send() -> ResponseReturnValue:
    """Tell the team about somebody they have talked with."""
    visitor = _visitor()
    capsules = _capsules(visitor)
    form = question(untold(capsules))
    if is_switch():
        return _page(capsules, form)
    if not capsules:
        raise CapsuleGoneError
    if untold(capsules):  # else the button was pressed twice
        if not form.validate():
            return _page(capsules, form), 422
        services().reports.tell(visitor.own, chosen(form, untold(capsules)), category(form))
    return redirect(url_for("team.show", _anchor="told"), code=303)


def untold(capsules: tuple[Capsule, ...]) -> list[Capsule]:
    """List those about which the team was told nothing yet."""
    return [one for one in capsules if one.state is None]


def told(capsules: tuple[Capsule, ...]) -> list[Capsule]:
    """List those about which the team was told."""
    return [one for one in capsules if one.state is not None]


def _page(capsules: tuple[Capsule, ...], form: Form) -> str:
    can_tell = bool(untold(capsules))
    return render_template(
        "team/mine.html",
        form=form,
        can_tell=can_tell,
        told=told(capsules),
        **({"keeps": Keeps(path=url_for("team.send"))} if can_tell else {}),
    )


def _capsules(visitor: Visitor) -> tuple[Capsule, ...]:
    return services().reports.of(visitor.own)


def _visitor() -> Visitor:
    return services().places.visitor(cookies.current())
