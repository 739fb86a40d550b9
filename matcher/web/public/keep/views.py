"""Shows a new code, and asks for a part of it before it is shown no more.

With JavaScript the browser has done both before anything was sent (static/come-in.js).
"""

from collections.abc import Callable
from secrets import randbelow

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher.domain import code_words, codes
from matcher.domain.codes import Code, CodeKeys
from matcher.domain.errors import DraftGoneError
from matcher.domain.place import Visitor
from matcher.service.intake import Admission
from matcher.web.common import cookies
from matcher.web.common.code_words import spelled
from matcher.web.common.csrf import open_form
from matcher.web.common.derived import posted_keys
from matcher.web.common.drafts import FIELD, Draft, one, open_draft
from matcher.web.common.forms import YES, Form, filled, line, refuse
from matcher.web.common.switch import Keeps, is_switch
from matcher.web.common.wiring import services
from matcher.web.public.keep.picture import drawn

WALK = "keep"
WITHOUT = "without"
AS, WORDS = "as", "words"

bp = Blueprint("keep", __name__, template_folder="templates")


def come_in(draft: Draft, admit: Callable[[CodeKeys | None], Admission]) -> ResponseReturnValue:
    """Let somebody in, and show them their code unless their browser made it."""
    admission = admit(posted_keys())
    if admission.has_own_code:
        return cookies.give(make_response(_to_here()), admission.cookie)
    if request.form.get(WITHOUT) == YES:
        visitor = services().places.visitor(admission.cookie)
        return _without_code(draft, visitor, admission.cookie)
    return _show_code(admission, draft.seed)


def _show_code(admission: Admission, seed: bytes) -> ResponseReturnValue:
    """Show somebody who came in their code, and sign them in."""
    asked = randbelow(len(codes.groups(admission.code)))
    draft = Draft(walk=WALK, page="code", seed=seed, answers={"asked": (str(asked),)})
    page = make_response(_page(draft, _form("", asked), admission.code))
    return cookies.give(page, admission.cookie)


@bp.post("/keep")
@open_form
def send() -> ResponseReturnValue:
    """Compare the group that was asked back; show the code again when it differs."""
    draft, visitor = _own_draft()
    if services().intake.is_settled(draft.seed):
        return _to_here()
    asked = int(one(draft.answers, "asked"))
    code = services().intake.code_of(draft.seed, visitor)
    form = _form(request.form.get("group", ""), asked)
    if is_switch():
        return _page(draft, form, code)
    if form.validate() and not _is_right(form["group"].data, code, asked):
        refuse(form["group"], _differs(asked))
    if form["group"].errors:
        return _page(draft, form, code), 422
    services().intake.settle(draft.seed)
    return _to_here()


@bp.post("/keep/words")
@open_form
def show_words() -> ResponseReturnValue:
    """Show the code in words, or in letters and digits again."""
    draft, visitor = _own_draft()
    if services().intake.is_settled(draft.seed):
        return _to_here()
    code = services().intake.code_of(draft.seed, visitor)
    return _page(draft, _form("", int(one(draft.answers, "asked"))), code)


@bp.post("/keep/picture")
@open_form
def show_picture() -> ResponseReturnValue:
    """Show the code as a picture too, now that somebody asked for it."""
    draft, visitor = _own_draft()
    if services().intake.is_settled(draft.seed):
        return _to_here()
    code = services().intake.code_of(draft.seed, visitor)
    form = _form("", int(one(draft.answers, "asked")))
    return _page(draft, form, code, picture=drawn(code))


@bp.post("/keep/none")
@open_form
def none() -> ResponseReturnValue:
    """Keep no code: this browser alone leads back, as long as the place lives."""
    draft, visitor = _own_draft()
    if services().intake.is_settled(draft.seed):
        return _to_here()
    return _without_code(draft, visitor, cookies.current() or "")


def _without_code(draft: Draft, visitor: Visitor, cookie: str) -> ResponseReturnValue:
    places = services().places
    places.keep_no_code(visitor, cookie)
    services().intake.settle(draft.seed)
    lasts = places.look(visitor).until - services().clock.now()
    return cookies.give(make_response(_to_here()), cookie, lasts=lasts)


def _own_draft() -> tuple[Draft, Visitor]:
    """Open the draft that came along; nobody's page touches the code of somebody else."""
    draft = open_draft(request.form.get(FIELD, ""), walk=WALK)
    visitor = services().places.visitor(cookies.current())
    if not services().intake.is_of(draft.seed, visitor):
        raise DraftGoneError
    return draft, visitor


def _to_here() -> ResponseReturnValue:
    return redirect(url_for("here.show"), code=303)


def _page(draft: Draft, form: Form, code: Code, *, picture: str = "") -> str:
    return render_template(
        "keep/code.html",
        draft=draft.sealed(),
        form=form,
        groups=codes.groups(code),
        words=spelled(code) if _is_in_words() else (),
        picture=picture,
        keeps=Keeps(path=url_for("keep.send")),
    )


def _is_in_words() -> bool:
    return request.form.get(AS) == WORDS


def _differs(asked: int) -> str:
    if _is_in_words():
        number = _word_of(asked) + 1
        words = _(
            "This is not word %(number)s. Please compare it with the code.", number=number
        )
    else:
        number = asked + 1
        words = _(
            "This is not group %(number)s. Please compare it with the code.", number=number
        )
    return str(words)


def _form(typed: str, asked: int) -> Form:
    if _is_in_words():
        number = _word_of(asked) + 1
        label = _("To be sure that you have it: what is word %(number)s?", number=number)
        needed = _("Please type the word, to be sure that you have noted the code.")
    else:
        label = _("To be sure that you have it: what is group %(number)s?", number=asked + 1)
        needed = _("Please type the group, to be sure that you have noted the code.")
    return filled({"group": line(label, needed=needed)}, {"group": (typed,)})


def _word_of(asked: int) -> int:
    """Choose the word that begins a group."""
    return asked * codes.GROUP // code_words.CHARACTERS


def _is_right(typed: str, code: Code, asked: int) -> bool:
    """Compare the group, or the word where words are shown."""
    if _is_in_words():
        return code_words.key(typed) == code_words.key(spelled(code)[_word_of(asked)])
    return codes.plain(typed) == codes.plain(codes.groups(code)[asked])
