"""What is asked for when a notice is put up."""

from datetime import timedelta

from flask_babel import gettext as _, lazy_gettext as _l

from matcher.domain.notice import LONGEST_NOTICE_DAYS, MAX_NOTICE_CHARACTERS, Audience
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Form, filled, one_of, paragraph, refuse, refuse_long
from matcher.web.common.i18n import at_most, languages
from matcher.web.common.plain import is_visible
from matcher.web.common.switch import own_name

DAYS = ("1", "3", "7", "14", str(LONGEST_NOTICE_DAYS))
DEFAULTS: Answers = {"days": ("3",), "audience": (Audience.EVERYBODY.value,)}
TO_WHOM = {
    Audience.EVERYBODY: _l("Everybody: on the first page, and on each one's own page"),
    Audience.PEERS: _l("All who help: on their own pages"),
}


def make(answers: Answers) -> Form:
    """Ask to whom, what, and for how long."""
    days = [(day, at_most(timedelta(days=int(day)))) for day in DAYS]
    to_whom = [(one.value, str(words)) for one, words in TO_WHOM.items()]
    return filled(
        {
            "audience": one_of(
                _("To whom?"), to_whom, needed=_("Please choose to whom the notice is.")
            ),
            **{said(language): paragraph(own_name(language)) for language in languages()},
            "days": one_of(
                _("For how long?"), days, needed=_("Please choose for how long it stands.")
            ),
        },
        answers,
    )


def said(language: str) -> str:
    """Name the field for the words in a language."""
    return f"says-{language}"


def words(form: Form) -> dict[str, str]:
    """Read what was written, by language."""
    typed = {one: (form[said(one)].data or "").strip() for one in languages()}
    return {language: text for language, text in typed.items() if is_visible(text)}


def check(form: Form) -> None:
    """Refuse what is empty in every language, or too long in one."""
    told = words(form)
    if not told:
        refuse(
            form[said(languages()[0])], _("Please write the notice in one language at least.")
        )
    for language in told:
        refuse_long(form[said(language)], MAX_NOTICE_CHARACTERS)
