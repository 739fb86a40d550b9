"""What is asked for when invitations are made."""

from datetime import timedelta

from flask_babel import gettext as _

from matcher.domain.invitation import MOST_OF_A_BATCH, MOST_OF_A_PURPOSE, Scope
from matcher.domain.needs import NeedId
from matcher.service.batches import Wish
from matcher.settings.model import Settings
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Form, filled, line, one_of, refuse, refuse_long, some_of
from matcher.web.common.i18n import at_most, in_words
from matcher.web.console.acts.words import SCOPES

DAYS = ("7", "14", "30")
DEFAULTS: Answers = {"count": ("3",), "days": ("14",), "scope": (Scope.ADULTS.value,)}


def make(answers: Answers, settings: Settings) -> Form:
    """Ask what for, how many, for whom, and for how long."""
    days = [(day, at_most(timedelta(days=int(day)))) for day in DAYS]
    return filled(
        {
            "purpose": line(
                _("What are they for?"),
                hint=_("In your own words, for coordinators alone. Please name nobody."),
                needed=_("Please say what the invitations are for."),
            ),
            "count": line(_("How many?"), needed=_("Please say how many invitations to make.")),
            "days": one_of(
                _("How long can they be used?"),
                days,
                needed=_("Please choose how long the invitations can be used."),
            ),
            "scope": some_of(
                _("Whom may these helpers meet?"),
                [(scope.value, str(words)) for scope, words in SCOPES.items()],
                hint=_(
                    "Invitations for the young wait for a second yes. Nobody under 18 can come "
                    "in yet, so whoever may meet only them meets nobody."
                ),
                needed=_("Please tick whom these helpers may meet."),
            ),
            "trained": some_of(
                _("Which of these were they trained for? (optional)"),
                [
                    (need.id, in_words(need.label))
                    for need in settings.needs.all
                    if need.formal_first
                ],
                hint=_("Only who was trained is ever suggested for these."),
            ),
        },
        answers,
    )


def check(form: Form) -> None:
    """Refuse what is too long or too much."""
    refuse_long(form["purpose"], MOST_OF_A_PURPOSE)
    if form["count"].data and not 1 <= _number(form["count"].data) <= MOST_OF_A_BATCH:
        refuse(form["count"], _("Please type how many invitations to make, from 1 to 50."))


def wish(form: Form) -> Wish:
    """Read what is asked for from a form without errors."""
    return Wish(
        purpose=form["purpose"].data.strip(),
        count=_number(form["count"].data),
        lives=timedelta(days=int(form["days"].data)),
        scope=frozenset(Scope(one) for one in form["scope"].data),
        trained_for=frozenset(NeedId(one) for one in form["trained"].data or ()),
    )


def _number(typed: str) -> int:
    digits = typed.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= len(str(MOST_OF_A_BATCH)) else 0
