"""Lets somebody tell the team about whom they talk with, or just end it for good."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.errors import CapsuleGoneError, RoomGoneError
from matcher.domain.place import Visitor
from matcher.domain.room import RoomId
from matcher.web.common import cookies
from matcher.web.common.forms import Form
from matcher.web.common.switch import Keeps, is_switch
from matcher.web.common.wiring import services
from matcher.web.public.talk.views import gone, room_named
from matcher.web.public.team.forms import category, question

THEN, STAY = "then", "stay"

bp = Blueprint("telling", __name__, template_folder="templates")
bp.register_error_handler(RoomGoneError, gone)


@bp.get("/talk/<alias>/team")
def show(alias: str) -> ResponseReturnValue:
    """Ask what happened; show that the team knows, where it was told."""
    visitor, room = _here(alias)
    return _page(alias, question(), has_told=services().reports.has_told(visitor, room))


@bp.post("/talk/<alias>/team")
def send(alias: str) -> ResponseReturnValue:
    """Tell the team, and end the conversation unless they want to stay."""
    visitor, room = _here(alias)
    form = question()
    if is_switch():
        return _page(alias, form)
    if not form.validate():
        return _page(alias, form), 422
    try:
        services().reports.tell_of_room(visitor, room, category(form))
    except CapsuleGoneError:  # the button was pressed twice
        if not services().reports.has_told(visitor, room):
            raise
    if request.form.get(THEN) == STAY:
        return redirect(url_for("telling.show", alias=alias), code=303)
    services().rooms.end(visitor, room)
    return redirect(url_for("team.show", _anchor="told"), code=303)


@bp.post("/talk/<alias>/block")
def block(alias: str) -> ResponseReturnValue:
    """End the conversation for both; who has talked is never suggested to each other again."""
    visitor, room = _here(alias)
    services().rooms.end(visitor, room)
    return redirect(url_for("here.show"), code=303)


def _page(alias: str, form: Form, *, has_told: bool = False) -> str:
    kept = {} if has_told else {"keeps": Keeps(path=url_for("telling.send", alias=alias))}
    return render_template("talk/team.html", alias=alias, form=form, has_told=has_told, **kept)


def _here(alias: str) -> tuple[Visitor, RoomId]:
    visitor = services().places.visitor(cookies.current())
    return visitor, room_named(visitor, alias)
