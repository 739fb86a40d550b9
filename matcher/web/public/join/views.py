"""Takes a peer from their invitation through their pages and in."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher.domain import codes
from matcher.domain.codes import Code, CodeKeys
from matcher.domain.errors import (
    InvitationGoneError,
    LettersMissingError,
    MatcherError,
    MistypedCodeError,
)
from matcher.service.intake import Admission
from matcher.web.common import errors
from matcher.web.common.csrf import open_form
from matcher.web.common.drafts import Answers, Draft, one
from matcher.web.common.forms import Form, filled, line, refuse
from matcher.web.common.switch import Keeps, is_switch
from matcher.web.common.wiring import services, settings
from matcher.web.public import questions
from matcher.web.public.answers.peer import read_peer
from matcher.web.public.join.pages import WALK
from matcher.web.public.keep.views import come_in
from matcher.web.public.walk import views

bp = Blueprint("join", __name__, template_folder="templates")


@bp.get("/join")
def show() -> ResponseReturnValue:
    """Ask for the invitation."""
    return _page(_form(""))


@bp.post("/join/open")
@open_form
def open_invitation() -> ResponseReturnValue:
    """Look at the invitation, which uses nothing up, and begin the walk."""
    form = _form(request.form.get("code", ""))
    if is_switch():
        return _page(form)
    if form.validate():
        try:
            return views.begin(WALK, _carried(codes.parse(form["code"].data)))
        except (MistypedCodeError, InvitationGoneError) as error:
            refuse(form["code"], _sentence(error))
    return _page(form), 422


@bp.post("/join")
@open_form
def send() -> ResponseReturnValue:
    """Take in a page; only the last one does anything."""
    return views.take(WALK, _admit)


def _admit(draft: Draft) -> ResponseReturnValue:
    profile = read_peer(draft.answers, settings().needs)
    invitation = codes.parse(one(draft.answers, "invitation"))

    def admit(keys: CodeKeys | None) -> Admission:
        return services().intake.admit_peer(
            profile, seed=draft.seed, invitation=invitation, keys=keys
        )

    return come_in(draft, admit)


def _page(form: Form) -> str:
    keeps = Keeps(path=url_for("join.open_invitation"))
    return render_template("join/invitation.html", form=form, keeps=keeps)


def _sentence(error: MatcherError) -> str:
    """Say what is wrong with an invitation; how long it is anybody can count."""
    if not isinstance(error, LettersMissingError):
        return errors.sentence(error)
    return str(
        _(
            "An invitation code has 28 letters and digits, and these are %(count)s. Please "
            "compare them with your invitation, group by group.",
            count=error.count,
        )
    )


def _carried(invitation: Code) -> Answers:
    found = services().invitations.look(invitation)
    trained = tuple(sorted(found.trained_for))
    return questions.DEFAULTS | {"invitation": (invitation,), "trained": trained}


def _form(typed: str) -> Form:
    hint = _("28 letters and digits. Spaces, dashes and capitals do not matter.")
    needed = _("Please type your invitation code.")
    code = line(_("Your invitation code"), hint=hint, needed=needed)
    return filled({"code": code}, {"code": (typed,)})
