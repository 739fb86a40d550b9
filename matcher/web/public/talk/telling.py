"""Lets somebody tell the team about whom they talk with, or just end it for good."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.errors import CapsuleGoneError, RoomGoneError
from matcher.domain.place import Visitor
from matcher.domain.room import Room, RoomId
from matcher.web.common import cookies
from matcher.web.common.forms import Form, is_wrong
from matcher.web.common.switch import Keeps, is_switch
from matcher.web.common.wiring import services, settings
from matcher.web.public.talk import lines
from matcher.web.public.talk.views import gone, room_named
from matcher.web.public.team.forms import category, question

THEN, STAY = "then", "stay"

bp = Blueprint("telling", __name__, template_folder="templates")
bp.register_error_handler(RoomGoneError, gone)


@bp.get("/talk/<alias>/team")
def show(alias: str) -> ResponseReturnValue:
    """Ask what happened, and for lines; show that the team knows, where it was told."""
    visitor, room = _inside(alias)
    has_told = services().reports.has_told(visitor, room.id)
    return _page(alias, room, _question(room), has_told=has_told)


@bp.post("/talk/<alias>/team")
def send(alias: str) -> ResponseReturnValue:
    """Tell the team, and end the conversation unless they want to stay."""
    visitor, room = _inside(alias)
    form = _question(room)
    if is_switch():
        return _page(alias, room, form)
    form.validate()
    lines.check(form, room)
    if is_wrong(form):
        return _page(alias, room, form), 422
    try:
        places = lines.places(form)
        services().reports.tell_of_room(visitor, room.id, category(form), places=places)
    except CapsuleGoneError:  # the button was pressed twice
        if not services().reports.has_told(visitor, room.id):
            raise
    if request.form.get(THEN) == STAY:
        return redirect(url_for("telling.show", alias=alias), code=303)
    services().rooms.end(visitor, room.id)
    return redirect(url_for("team.show", _anchor="told"), code=303)


@bp.post("/talk/<alias>/block")
def block(alias: str) -> ResponseReturnValue:
    """End the conversation for both; who has talked is never suggested to each other again."""
    visitor, room = _here(alias)
    services().rooms.end(visitor, room)
    return redirect(url_for("here.show"), code=303)


def _question(room: Room) -> Form:
    return question(also={lines.LINES: lines.question(room)})


def _page(alias: str, room: Room, form: Form, *, has_told: bool = False) -> str:
    return render_template(
        "talk/team.html",
        alias=alias,
        room=room,
        form=form,
        has_told=has_told,
        lives=settings().lifetimes.report,
        **({} if has_told else {"keeps": Keeps(path=url_for("telling.send", alias=alias))}),
    )


def _inside(alias: str) -> tuple[Visitor, Room]:
    visitor, room = _here(alias)
    return visitor, services().rooms.enter(visitor, room)


def _here(alias: str) -> tuple[Visitor, RoomId]:
    visitor = services().places.visitor(cookies.current())
    return visitor, room_named(visitor, alias)
