"""Takes a seeker through their pages and in."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from matcher.domain.codes import CodeKeys
from matcher.service.intake import Admission
from matcher.web.common.csrf import open_form
from matcher.web.common.drafts import Draft
from matcher.web.common.wiring import services, settings
from matcher.web.public.answers.seeker import read_seeker
from matcher.web.public.keep.views import come_in
from matcher.web.public.questions import DEFAULTS
from matcher.web.public.start.pages import WALK
from matcher.web.public.walk import views

bp = Blueprint("start", __name__, template_folder="templates")


@bp.get("/start")
def show() -> ResponseReturnValue:
    """Show the first page."""
    return views.begin(WALK, DEFAULTS)


@bp.post("/start")
@open_form
def send() -> ResponseReturnValue:
    """Take in a page; only the last one does anything."""
    return views.take(WALK, _admit)


def _admit(draft: Draft) -> ResponseReturnValue:
    profile = read_seeker(draft.answers, settings().needs)

    def admit(keys: CodeKeys | None) -> Admission:
        return services().intake.admit_seeker(profile, seed=draft.seed, keys=keys)

    return come_in(draft, admit)
