"""Shows a person's own page."""

from datetime import timedelta

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.errors import NoSessionError
from matcher.domain.notice import Audience
from matcher.domain.place import CheckIn, Place, Visitor
from matcher.domain.profile import Role
from matcher.web.common import cookies
from matcher.web.common.wiring import services
from matcher.web.public.after.views import untold
from matcher.web.public.here.news import mark_of, talks
from matcher.web.public.here.suggestions import suggested
from matcher.web.public.near.directory import few_of
from matcher.web.public.notices import told
from matcher.web.public.words import CHECK_INS, GROUND_RULES, RESTS

bp = Blueprint("here", __name__, template_folder="templates")


@bp.get("/here")
def show() -> ResponseReturnValue:
    """Say where somebody stands, and what is suggested to them."""
    visitor = services().places.visitor(cookies.current())
    place = services().places.look(visitor)
    if visitor.role is Role.SEEKER:
        return _seekers_page(visitor, place)
    return _peers_page(visitor, place)


@bp.post("/here/again")
def again() -> ResponseReturnValue:
    """Look again; after a loss of the store the page's own ticket leads back to the place."""
    to_here = make_response(redirect(url_for("here.show"), code=303))
    try:
        services().places.visitor(cookies.current())
    except NoSessionError:
        cookie = services().places.come_back(request.form.get("ticket", ""))
        return cookies.give(to_here, cookie, lasts=_as_long_as_needed(cookie))
    return to_here


def _as_long_as_needed(cookie: str) -> timedelta | None:
    """Who keeps no code has nothing but this cookie, for as long as their place lives."""
    places = services().places
    visitor = places.visitor(cookie)
    if visitor.code_key is not None:
        return None
    return places.look(visitor).until - services().clock.now()


def _seekers_page(visitor: Visitor, place: Place) -> str:
    profile = services().places.answers(visitor)
    return render_template(
        "here/seeker.html",
        place=place,
        ticket=services().places.ticket(visitor),
        listed=few_of(profile),
        next_round=services().places.next_round(),
        usual=services().places.usual_wait(),
        relay_ok=profile.relay_ok,
        keeps_code=visitor.code_key is not None,
        told=told(Audience.EVERYBODY),
        **_shared(visitor),
    )


def _peers_page(visitor: Visitor, place: Place) -> str:
    profile = services().places.answers(visitor)
    return render_template(
        "here/peer.html",
        place=place,
        check_ins=[(how.value, CHECK_INS[how]) for how in CheckIn],
        rests=[(days, label) for days, label in RESTS.items() if days],
        missed_most=services().places.rules().peers.missed_before_pause,
        notes=services().notes.of(visitor),
        capacities=range(1, services().places.rules().peers.capacity_ceiling + 1),
        relay_ok=profile.relay_ok,
        keeps_code=visitor.code_key is not None,
        told=told(*Audience),
        **_shared(visitor),
    )


def _shared(visitor: Visitor) -> dict[str, object]:
    return {
        "now": services().clock.now(),
        "suggestions": suggested(visitor),
        "talks": list(talks(visitor)),
        "untold": untold(visitor),
        "mark": mark_of(visitor),
        "ground_rules": GROUND_RULES,
    }
