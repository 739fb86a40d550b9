"""Shows every part that pages are made of, right and wrong, to whoever works on them.

It stands only where examples are shown: in development.
"""

from flask import Blueprint, render_template
from flask_babel import gettext as _
from wtforms.form import BaseForm

from matcher.domain.codes import Code
from matcher.web.common.code_words import spelled
from matcher.web.common.forms import Field, Form, line, menu, one_of, paragraph, tick
from matcher.web.public import questions, words
from matcher.web.public.keep.picture import drawn
from matcher.web.public.near.directory import shown_services

bp = Blueprint("look", __name__, template_folder="templates")

_GROUPS = ("7K2M", "Q9XB", "4TRA", "HH3N", "0ZVE", "W8PJ", "C5DY")
_CODE = Code("".join(_GROUPS).lower())
_STEPS = 4


@bp.get("/look")
def show() -> str:
    """Show each part once, and each question also with its error."""
    wrong = _form("wrong-")
    wrong.validate()
    return render_template(
        "look/look.html",
        form=_form(""),
        wrong=wrong,
        groups=_GROUPS,
        words=spelled(_CODE),
        picture=drawn(_CODE),
        steps=_STEPS,
        services=shown_services()[:1],
    )


def _form(prefix: str) -> Form:
    """Build a form with a question of every kind; `prefix` keeps two on one page apart."""
    form = BaseForm(_fields(), prefix=prefix)
    form.process()
    return form


def _fields() -> dict[str, Field]:
    needed = _("Please choose one.")
    when = questions.when({})
    return {
        "look_in": when["look_in"],
        "times": when["times"],
        "clock": menu(
            _("At what time?"),
            [("", _("Please choose")), *words.choices(words.HELP)],
            hint=_("Used once to work out your times, and not kept."),
            needed=needed,
        ),
        "matching": tick(
            _("Do you agree that we keep this?"),
            _("Keep these answers to find someone for me."),
            needed=needed,
        ),
        "code": line(_("Your return code"), needed=_("Please type the code.")),
        "group": line(_("Your invitation code")),
        "wish": menu(_("Near or far"), words.choices(words.NEARNESS)),
        "most": menu(_("At the most"), [(str(count), str(count)) for count in range(1, 4)]),
        "lived": one_of(_("What would help? (optional)"), words.choices(words.LIVED)),
        "since": menu(_("When was that?"), words.choices(words.SINCE)),
        "text": paragraph(_("Your message"), needed=_("Please write something first.")),
    }
