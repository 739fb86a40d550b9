"""The first page and the way out."""

from contextlib import suppress

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.errors import MatcherError
from matcher.domain.notice import Audience
from matcher.web.common import cookies, i18n
from matcher.web.common.csrf import FOREIGN_SITES
from matcher.web.common.wiring import services, settings
from matcher.web.public.notices import told

bp = Blueprint("front", __name__, template_folder="templates")


@bp.get("/")
def show() -> str:
    """Say in five sentences what this is, and open five doors."""
    return render_template(
        "front/doors.html",
        days=settings().lifetimes.place_most.days,
        told=told(Audience.EVERYBODY),
    )


@bp.get("/leave")
def leave() -> ResponseReturnValue:
    """Lead away from here at once, and end the session on the way.

    The browser forgets the cookie and what tabs remember. It is not asked to empty its cache,
    in which nothing of ours ever is: with 300 MB of others in it that took Chromium 2.4 times
    as long, and phones are slower. Nor to drop all cookies: those of our neighbours under the
    same domain would go too. Whom another site's link, picture or frame brings is led away,
    and that is all: some have no code, and no way back but this cookie. The way out on our
    own pages never looks so to a browser, and one that does not say who asks is obeyed.
    """
    away = make_response(redirect(settings().site.exit_url, code=303))
    if request.headers.get("Sec-Fetch-Site") in FOREIGN_SITES:
        return away
    with suppress(MatcherError):  # leaving works also when the store does not
        services().places.sign_out(cookies.current())
    return cookies.take(away, clears='"storage"')


@bp.get("/browser")
def browser() -> str:
    """Say what a browser may keep of a visit, and what helps."""
    return render_template("front/browser.html", session=settings().lifetimes.session)


@bp.get("/gone")
def gone() -> str:
    """Say that everything is erased."""
    return render_template("front/gone.html")


def to_start() -> ResponseReturnValue:
    """Lead from the bare address to the first page, in a language the browser asks for."""
    answer = redirect(url_for("front.show", lang=i18n.wanted()))
    answer.vary.add("Accept-Language")
    return answer
