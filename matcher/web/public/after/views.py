"""Asks how a conversation was, for who likes to say so; nothing of it is kept but sums."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.errors import RoomGoneError
from matcher.domain.outcomes import ASKED, OPTIONS, Question
from matcher.domain.place import Visitor
from matcher.domain.profile import Role
from matcher.store.talked import TalkMark
from matcher.web.common import cookies
from matcher.web.common.forms import YES, Form, filled, is_wrong, one_of
from matcher.web.common.wiring import services
from matcher.web.public.after.words import ANSWERS, QUESTIONS

THANKS = "thanks"  # on the page of their own
TOSSED = "tossed"
"""Said by after.js, which has tossed the coin: what was truly answered has stayed there.

What was tossed is not shown again as if it had been said, nor tossed again: it is sent along.
"""

bp = Blueprint("after", __name__, template_folder="templates")


@bp.errorhandler(RoomGoneError)
def gone(_error: RoomGoneError) -> ResponseReturnValue:
    """Lead to the person's own page: what was told before is told."""
    return redirect(url_for("here.show"), code=303)


@bp.get("/after/<alias>")
def show(alias: str) -> ResponseReturnValue:
    """Ask, once the conversation is over."""
    visitor = _visitor()
    _talk(visitor, alias)
    return _page(visitor, alias, _form(visitor, {}))


@bp.post("/after/<alias>")
def tell(alias: str) -> ResponseReturnValue:
    """Take the answers in; sent twice they count once."""
    visitor = _visitor()
    talk = _talk(visitor, alias)
    form = _form(visitor, {name: tuple(v) for name, v in request.form.lists()})
    form.validate()
    is_tossed = request.form.get(TOSSED) == YES
    if is_wrong(form):
        return _page(visitor, alias, form, is_tossed=is_tossed), 422
    given = {q: form[q.value].data for q in ASKED[visitor.role] if form[q.value].data}
    services().outcomes.tell(visitor, talk, given, is_tossed=is_tossed)
    return redirect(url_for("here.show", _anchor=THANKS if given else None), code=303)


def untold(visitor: Visitor) -> list[str]:
    """Name the conversations of which somebody may still tell, as their addresses do."""
    places = services().places
    return [places.alias(visitor, talk) for talk in services().outcomes.untold(visitor)]


def _page(visitor: Visitor, alias: str, form: Form, *, is_tossed: bool = False) -> str:
    return render_template(
        "after/after.html",
        alias=alias,
        form=form,
        is_seeker=visitor.role is Role.SEEKER,
        is_tossed=is_tossed,
    )


def _form(visitor: Visitor, answers: Mapping[str, tuple[str, ...]]) -> Form:
    words = QUESTIONS[visitor.role]
    return filled(
        {question.value: _asked(question, words[question]) for question in words}, answers
    )


def _asked(question: Question, words: str) -> object:
    return one_of(words, [(option, ANSWERS[option]) for option in OPTIONS[question]])


def _talk(visitor: Visitor, alias: str) -> TalkMark:
    for talk in services().outcomes.untold(visitor):
        if services().places.alias(visitor, talk) == alias:
            return talk
    raise RoomGoneError


def _visitor() -> Visitor:
    return services().places.visitor(cookies.current())
