"""What a person can do on their own page; each errand leads back to it."""

from datetime import timedelta

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import UnprocessableEntity

from matcher.domain.errors import OfferGoneError
from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn, Visitor
from matcher.domain.profile import Role
from matcher.domain.room import RoomId
from matcher.web.common import cookies
from matcher.web.common.wiring import services
from matcher.web.public.here.suggestions import offer_named
from matcher.web.public.words import RESTS

bp = Blueprint("errands", __name__)


@bp.post("/here/pause")
def pause() -> ResponseReturnValue:
    """Be suggested to nobody for a while."""
    services().places.pause(_visitor())
    return _to_here()


@bp.post("/here/resume")
def resume() -> ResponseReturnValue:
    """Be matched again, at the old place."""
    services().places.resume(_visitor())
    return _to_here()


@bp.post("/here/extend")
def extend() -> ResponseReturnValue:
    """Keep the answers for longer."""
    visitor = _visitor()
    services().places.extend(visitor)
    response = make_response(_to_here())
    if visitor.code_key is None:
        lasts = services().places.look(visitor).until - services().clock.now()
        cookies.give(response, cookies.current() or "", lasts=lasts)
    return response


@bp.get("/here/erase")
def ask_erase() -> ResponseReturnValue:
    """Ask once whether everything should go."""
    return render_template("here/erase.html", place=services().places.look(_visitor()))


@bp.post("/here/erase")
def erase() -> ResponseReturnValue:
    """Erase everything of this person now."""
    services().places.erase(_visitor())
    return cookies.take(make_response(redirect(url_for("front.gone"), code=303)))


@bp.post("/here/in")
def check_in() -> ResponseReturnValue:
    """Let a peer be matched from now on."""
    how = request.form.get("how", "")
    if how not in set(CheckIn):
        raise UnprocessableEntity
    services().places.check_in(_peer(), CheckIn(how))
    return _to_here()


@bp.post("/here/out")
def check_out() -> ResponseReturnValue:
    """Let a peer go before their time is over."""
    services().places.check_out(_peer())
    return _to_here()


@bp.post("/here/rest")
def rest() -> ResponseReturnValue:
    """Let a peer rest for some days of their own choosing."""
    wanted = request.form.get("days", "")
    if wanted not in {str(days) for days in RESTS if days}:
        raise UnprocessableEntity
    services().places.rest(_peer(), timedelta(days=int(wanted)))
    return _to_here()


@bp.post("/here/load")
def load() -> ResponseReturnValue:
    """Let a peer carry more or fewer at once."""
    wanted = request.form.get("capacity", "")
    if wanted not in {
        str(count + 1) for count in range(services().places.rules().peers.capacity_ceiling)
    }:
        raise UnprocessableEntity
    services().places.set_capacity(_peer(), int(wanted))
    return _to_here()


@bp.post("/here/yes")
def say_yes() -> ResponseReturnValue:
    """Say yes to a suggestion; the second yes leads into the conversation, however often."""
    visitor = _visitor()
    try:
        offer = offer_named(visitor, request.form.get("which", ""))
        room = services().offers.answer(visitor, offer, Reply.ACCEPTED)
    except OfferGoneError:
        room = _open_room(visitor)
    if room is None:
        return _to_here()
    alias = services().places.alias(visitor, room)
    return redirect(url_for("talk.show", alias=alias), code=303)


@bp.post("/here/no")
def say_no() -> ResponseReturnValue:
    """Say no to a suggestion, without a reason."""
    visitor = _visitor()
    offer = offer_named(visitor, request.form.get("which", ""))
    services().offers.answer(visitor, offer, Reply.DECLINED)
    return _to_here()


@bp.post("/here/too-much")
def hand_back() -> ResponseReturnValue:
    """Let a peer hand a suggestion back without penalty."""
    visitor = _peer()
    services().offers.hand_back(visitor, offer_named(visitor, request.form.get("which", "")))
    return _to_here()


def _visitor() -> Visitor:
    return services().places.visitor(cookies.current())


def _open_room(visitor: Visitor) -> RoomId:
    """Find the conversation that a seeker's first yes has opened; they have one at a time."""
    rooms = services().rooms.of(visitor) if visitor.role is Role.SEEKER else ()
    if not rooms:
        raise OfferGoneError
    return rooms[0]


def _peer() -> Visitor:
    visitor = _visitor()
    if visitor.role is not Role.PEER:
        raise UnprocessableEntity
    return visitor


def _to_here() -> ResponseReturnValue:
    return redirect(url_for("here.show"), code=303)
