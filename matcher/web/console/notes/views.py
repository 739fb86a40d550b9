"""Opens peers' notes and answers them; that somebody opened them is written down."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher.domain.acts import ActKind
from matcher.domain.note import MAX_NOTE_CHARACTERS, NoteId
from matcher.web.common.forms import Form, filled, is_wrong, paragraph, refuse_long
from matcher.web.common.given_back import gives_back
from matcher.web.console.gate import console, me, sent

bp = Blueprint("notes", __name__, template_folder="templates")


@bp.get("/notes")
def show() -> ResponseReturnValue:
    """Say whether any note waits; none is opened by that."""
    return render_template("notes/notes.html", are_waiting=console().notes.are_waiting())


@bp.post("/notes/open")
def read() -> ResponseReturnValue:
    """Open the notes that wait."""
    console().oversight.record(ActKind.OPEN_NOTES, me().id)
    return _page()


@bp.post("/notes/answer")
@gives_back("text")
def answer() -> ResponseReturnValue:
    """Answer a note: its words go, and only its writer reads what comes in their place."""
    which, form = NoteId(request.form.get("note", "")), _form()
    form.validate()
    words = (form["text"].data or "").strip()
    refuse_long(form["text"], MAX_NOTE_CHARACTERS)
    if is_wrong(form):
        return _page(form, which), 422
    console().notes.answer(which, words)
    console().oversight.record(ActKind.ANSWER_NOTE, me().id)
    return _page()


def _form() -> Form:
    needed = _("Please write an answer to the note.")
    return filled({"text": paragraph(_("Your answer"), needed=needed)}, sent())


def _page(form: Form | None = None, which: NoteId | None = None) -> str:
    return render_template(
        "notes/open.html",
        notes=console().notes.waiting(),
        form=form,
        which=which,
        most=MAX_NOTE_CHARACTERS,
    )
