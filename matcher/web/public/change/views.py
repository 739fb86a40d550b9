"""Lets a person change their answers; they keep their place in the order."""

from flask import Blueprint, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.place import Visitor
from matcher.domain.profile import Role, SeekerProfile
from matcher.web.common import cookies
from matcher.web.common.drafts import Answers, Draft
from matcher.web.common.forms import YES
from matcher.web.common.wiring import services, settings
from matcher.web.public.answers.peer import read_peer, write_peer
from matcher.web.public.answers.seeker import read_seeker, write_seeker
from matcher.web.public.join.pages import CHANGE as PEERS_WALK
from matcher.web.public.start.pages import CHANGE as SEEKERS_WALK
from matcher.web.public.walk import views
from matcher.web.public.walk.steps import Walk

bp = Blueprint("change", __name__)


@bp.get("/change")
def show() -> ResponseReturnValue:
    """Show the answers together, each with a way to change it."""
    visitor = _visitor()
    return views.begin(_walk(visitor), _answers(visitor), at="check")


@bp.post("/change")
def send() -> ResponseReturnValue:
    """Take in a page; only the last one does anything."""
    visitor = _visitor()

    def change(draft: Draft) -> ResponseReturnValue:
        needs = settings().needs
        is_seeker = visitor.role is Role.SEEKER
        read = read_seeker if is_seeker else read_peer
        services().places.change(visitor, read(draft.answers, needs))
        return redirect(url_for("here.show"), code=303)

    def leave() -> ResponseReturnValue:
        """Keep nothing of somebody who is under 18 after all."""
        services().places.erase(visitor)
        return cookies.take(make_response(views.young()))

    return views.take(_walk(visitor), change, leave)


def _answers(visitor: Visitor) -> Answers:
    profile = services().places.answers(visitor)
    needs = settings().needs
    if isinstance(profile, SeekerProfile):
        return write_seeker(profile, needs)
    return {**write_peer(profile, needs), "keep": (YES,)}


def _walk(visitor: Visitor) -> Walk:
    return SEEKERS_WALK if visitor.role is Role.SEEKER else PEERS_WALK


def _visitor() -> Visitor:
    return services().places.visitor(cookies.current())
