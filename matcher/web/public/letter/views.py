"""Makes a short letter to a service out of choices; it is in no address and is kept nowhere."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import NamedTuple

from babel import Locale
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext as _

from matcher.domain.profile import Language
from matcher.web.common.csrf import open_form
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Form, filled, is_wrong, menu, one_of, refuse, some_of
from matcher.web.common.i18n import languages, locale
from matcher.web.common.switch import Keeps, is_switch
from matcher.web.common.wiring import settings
from matcher.web.public.languages import language_name
from matcher.web.public.letter import words
from matcher.web.public.words import choices

TO, SPOKEN = "to", "spoken"
SENTENCES: Mapping[str, Mapping[str, str]] = {
    "needed": words.NEEDED,
    "reached": words.REACHED,
    "not-asked": words.NOT_ASKED,
    "addressed": words.ADDRESSED,
    "named": words.NAMED,
}

bp = Blueprint("letter", __name__, template_folder="templates")


class Letter(NamedTuple):
    """A letter in one language."""

    language: str
    direction: str
    lines: list[str]


@bp.get("/letter")
def show() -> str:
    """Offer the sentences; the letter is in another language than the page unless one asks."""
    other = [code for code in languages() if code != locale()]
    return _page(_form({TO: tuple(other[:1]) or (locale(),), "addressed": ("",)}))


@bp.post("/letter")
@open_form
def write() -> ResponseReturnValue:
    """Show the letter in the service's language, and in the reader's own."""
    form = _form({name: tuple(request.form.getlist(name)) for name in (*SENTENCES, TO, SPOKEN)})
    form.validate()
    if not is_wrong(form) and not any(form[name].data for name in (*SENTENCES, SPOKEN)):
        refuse(form["needed"], _("Please tick at least one sentence for the letter."))
    if is_switch() or is_wrong(form):
        return _page(form), HTTPStatus.OK if is_switch() else HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(form, letters=[_letter(form, code) for code in _read_in(form[TO].data)])


def _read_in(to: str) -> tuple[str, ...]:
    """List the languages of the letter: the service's first, then the reader's own."""
    return tuple(dict.fromkeys((to, locale())))


def _letter(form: Form, language: str) -> Letter:
    with force_locale(language):
        lines = [_("Hello,"), *_lines(form, language), _("Thank you.")]
    return Letter(language, Locale.parse(language).text_direction, [str(one) for one in lines])


def _lines(form: Form, language: str) -> Iterator[str]:
    for name, known in SENTENCES.items():
        ticked = _ticked(form, name)
        yield from (str(said) for key, said in known.items() if key in ticked)
    if spoken := form[SPOKEN].data:
        named = Locale.parse(spoken).get_display_name(language) or spoken
        yield str(_("I speak this language best: %(language)s.", language=named))


def _ticked(form: Form, name: str) -> list[str]:
    """List what was chosen for a question, also where that is one answer at the most."""
    chosen = form[name].data or []
    return [chosen] if isinstance(chosen, str) else list(chosen)


def _page(form: Form, letters: list[Letter] | None = None) -> str:
    return render_template(
        "letter/letter.html",
        form=form,
        letters=letters or [],
        keeps=Keeps(path=url_for("letter.write")),
    )


def _form(answers: Answers) -> Form:
    spoken = [(code, language_name(code)) for code in settings().languages]
    return filled(
        {
            "needed": some_of(_("What I need"), choices(words.NEEDED)),
            "reached": some_of(_("How to reach me safely"), choices(words.REACHED)),
            "not-asked": some_of(_("What I do not want to be asked"), choices(words.NOT_ASKED)),
            "addressed": one_of(
                _("How to speak to me"), [*choices(words.ADDRESSED), ("", _("Leave it out"))]
            ),
            "named": some_of(_("My name"), choices(words.NAMED)),
            SPOKEN: menu(_("Language that I speak best"), [("", _("Leave it out")), *spoken]),
            TO: one_of(
                _("In which language should the letter be?"),
                [(code, language_name(Language(code))) for code in languages()],
                needed=_("Please choose in which language the letter should be."),
            ),
        },
        answers,
    )
