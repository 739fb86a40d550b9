"""Takes in a peer's note to the coordinators, and shows what they have answered."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext
from werkzeug.exceptions import UnprocessableEntity

from matcher.domain.contact import Contact, contacts_in
from matcher.domain.errors import NotesWrittenError
from matcher.domain.note import MAX_NOTE_CHARACTERS, NoteId
from matcher.domain.place import Visitor
from matcher.domain.profile import Role
from matcher.web.common import cookies, errors
from matcher.web.common.forms import YES, Form, filled, is_wrong, paragraph, refuse
from matcher.web.common.given_back import gives_back
from matcher.web.common.wiring import services
from matcher.web.public.ask.words import CONTACTS

bp = Blueprint("ask", __name__, template_folder="templates")


@bp.get("/here/ask")
def show() -> ResponseReturnValue:
    """Show the empty form, and below it what was asked before."""
    return _page(_peer(), _form(""))


@bp.post("/here/ask")
@gives_back("text")
def send() -> ResponseReturnValue:
    """Take a note in; what looks like contact data is pointed out before anything is sent."""
    visitor = _peer()
    form = _form(request.form.get("text", ""))
    form.validate()
    text = form["text"].data.strip()
    if len(text) > MAX_NOTE_CHARACTERS:
        refuse(form["text"], _too_long(len(text)))
    seen = () if request.form.get("anyway") == YES else contacts_in(text)
    if is_wrong(form) or seen:
        return _page(visitor, form, seen), 422
    try:
        services().notes.write(visitor, text)
    except NotesWrittenError as error:
        refuse(form["text"], errors.sentence(error))
        return _page(visitor, form), error.status
    return redirect(url_for("ask.show", _anchor="sent"), code=303)


@bp.post("/here/ask/gone")
def forget() -> ResponseReturnValue:
    """Let a note go, or an answer that was read."""
    services().notes.forget(_peer(), NoteId(request.form.get("which", "")))
    return redirect(url_for("ask.show"), code=303)


def _page(visitor: Visitor, form: Form, seen: tuple[tuple[Contact, str], ...] = ()) -> str:
    return render_template(
        "ask/ask.html",
        form=form,
        seen=[(CONTACTS[kind], found) for kind, found in seen],
        notes=services().notes.of(visitor),
        most=MAX_NOTE_CHARACTERS,
    )


def _form(text: str) -> Form:
    field = paragraph(
        _("Your question or what weighs on you"),
        hint=_(
            "What happened to you, how it was for you, what you would like to know. Please do "
            "not describe the other person: no name, place, age or story that somebody could "
            "recognise."
        ),
        needed=_("Please write your question first, or what weighs on you."),
    )
    return filled({"text": field}, {"text": (text,)})


def _too_long(count: int) -> str:
    return str(
        ngettext(
            "Your question has %(num)s character, and at most %(most)s fit. Please make it "
            "shorter.",
            "Your question has %(num)s characters, and at most %(most)s fit. Please make it "
            "shorter.",
            count,
            most=MAX_NOTE_CHARACTERS,
        )
    )


def _peer() -> Visitor:
    visitor = services().places.visitor(cookies.current())
    if visitor.role is not Role.PEER:
        raise UnprocessableEntity
    return visitor
