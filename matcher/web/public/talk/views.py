"""Shows a conversation, takes in messages, and ends it."""

from secrets import token_urlsafe

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext

from matcher.domain.errors import RoomGoneError, StoreFullError
from matcher.domain.place import Visitor
from matcher.domain.profile import Address
from matcher.domain.room import MAX_CHARACTERS, RoomId
from matcher.service.rooms import Likes
from matcher.web.common import cookies, errors
from matcher.web.common.forms import Form, filled, paragraph, refuse
from matcher.web.common.given_back import gives_back
from matcher.web.common.switch import Keeps, is_switch
from matcher.web.common.wiring import services
from matcher.web.public.near.directory import few_of
from matcher.web.public.words import ADDRESSES, GROUND_RULES, TALK

bp = Blueprint("talk", __name__, template_folder="templates")

_ONCE_CHARACTERS = 40


@bp.errorhandler(RoomGoneError)
def gone(error: RoomGoneError) -> ResponseReturnValue:
    """Lead from an old address to the person's own page; who sent something is told."""
    if request.method == "POST":
        return errors.told(error)
    return redirect(url_for("here.show"), code=303)


@bp.get("/talk/<alias>")
def show(alias: str) -> ResponseReturnValue:
    """Show what was said, oldest first."""
    return _page(alias, _form(""), token_urlsafe(8))


@bp.post("/talk/<alias>")
@gives_back("text")
def say(alias: str) -> ResponseReturnValue:
    """Say something; sent twice it is said once."""
    once = request.form.get("once", "")[:_ONCE_CHARACTERS]
    form = _form(request.form.get("text", ""))
    if is_switch():
        return _page(alias, form, once)
    form.validate()
    text = form["text"].data.strip()
    if len(text) > MAX_CHARACTERS:
        refuse(form["text"], _too_long(len(text)))
    if form["text"].errors:
        return _page(alias, form, once), 422
    visitor = _visitor()
    try:
        services().rooms.say(visitor, room_named(visitor, alias), text, once=once)
    except StoreFullError as error:
        refuse(form["text"], _no_room())
        return _page(alias, form, once), error.status, errors.LATER
    return redirect(url_for("talk.show", alias=alias, _anchor="latest"), code=303)


@bp.post("/talk/<alias>/more")
def more(alias: str) -> ResponseReturnValue:
    """Ask for more time; it comes once both have asked."""
    visitor = _visitor()
    room = room_named(visitor, alias)
    services().rooms.ask_for_more(visitor, room)
    return redirect(url_for("talk.show", alias=alias), code=303)


@bp.get("/talk/<alias>/end")
def ask_end(alias: str) -> ResponseReturnValue:
    """Ask once whether the conversation should end and be erased."""
    visitor = _visitor()
    room = services().rooms.enter(visitor, room_named(visitor, alias))
    return render_template("talk/end.html", alias=alias, room=room)


@bp.post("/talk/<alias>/end")
def end(alias: str) -> ResponseReturnValue:
    """End the conversation and erase it for both."""
    visitor = _visitor()
    services().rooms.end(visitor, room_named(visitor, alias))
    return redirect(url_for("here.show"), code=303)


@bp.post("/talk/<alias>/too-much")
def hand_back(alias: str) -> ResponseReturnValue:
    """Let a peer hand the conversation back kindly."""
    visitor = _visitor()
    services().rooms.hand_back(visitor, room_named(visitor, alias))
    return redirect(url_for("here.show"), code=303)


def _page(alias: str, form: Form, once: str) -> str:
    visitor = _visitor()
    room_id = room_named(visitor, alias)
    likes = services().rooms.likes_of_other(visitor, room_id)
    room = services().rooms.enter(visitor, room_id)
    kept = {} if room.is_full else {"keeps": Keeps(path=url_for("talk.say", alias=alias))}
    return render_template(
        "talk/room.html",
        alias=alias,
        form=form,
        once=once,
        again=token_urlsafe(4),
        now=services().clock.now(),
        room=room,
        **kept,
        ground_rules=GROUND_RULES,
        likes=_likes(likes),
        listed=few_of(services().places.answers(visitor)),
    )


def _likes(likes: Likes) -> list[str]:
    asked = [str(label) for way, label in TALK.items() if way in likes.talk]
    if likes.address not in {None, Address.ANY}:
        form = str(ADDRESSES[likes.address])
        asked.append(_("to be addressed in Arabic like this: %(form)s", form=form))
    return asked


def _form(text: str) -> Form:
    label = _("Your message")
    needed = _("Please write your message first.")
    return filled({"text": paragraph(label, needed=needed)}, {"text": (text,)})


def _no_room() -> str:
    return str(
        _(
            "There is no room for your message just now, so it was not sent. Please try in a "
            "minute."
        )
    )


def _too_long(count: int) -> str:
    return str(
        ngettext(
            "Your message has %(num)s character, and at most %(most)s fit. Please send it in "
            "parts.",
            "Your message has %(num)s characters, and at most %(most)s fit. Please send it in "
            "parts.",
            count,
            most=MAX_CHARACTERS,
        )
    )


def room_named(visitor: Visitor, alias: str) -> RoomId:
    """Find one of somebody's conversations by its name in their addresses.

    Raises
    ------
    RoomGoneError
        If it has ended, or they have none of this name.
    """
    for room in services().rooms.of(visitor):
        if services().places.alias(visitor, room) == alias:
            return room
    raise RoomGoneError


def _visitor() -> Visitor:
    return services().places.visitor(cookies.current())
