"""What is asked for when a card is made for a partner."""

from collections.abc import Mapping

from flask_babel import gettext as _, lazy_gettext as _l

from matcher.domain.codes import plain
from matcher.domain.partner import LETTERS
from matcher.service.card_desk import drawn
from matcher.settings.services_faults import Fault, Wrong
from matcher.settings.services_shape import PartnerEntry
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Form, filled, line, menu, refuse_by_name, refuse_long
from matcher.web.common.i18n import in_words
from matcher.web.common.wiring import settings

MOST = 40
FAULTS: Mapping[Wrong, str] = {
    Wrong.ID_SHAPE: _l(
        "Please take small letters from a to z, digits and hyphens, a letter first, 40 at most."
    ),
    Wrong.ID_TAKEN: _l("Another card has or had this short name. Please choose another."),
    Wrong.UNKNOWN: _l("Please choose from the answers that are shown here."),
    Wrong.CARD: _l(
        "Please take %(least)s to %(most)s letters and digits: a to z, without i, l, o and u. "
        "These are %(count)s."
    ),
    Wrong.CARD_TAKEN: _l("Another card has or had this code. Please choose another."),
}


def make(answers: Answers) -> Form:
    """Ask whose card it is, what it opens, and for its code."""
    groups = [(str(group.id), in_words(group.label)) for group in settings().needs.groups]
    unchosen = ("", "–")  # noqa: RUF001 - nothing, as a dash
    return filled(
        {
            "id": line(
                _("A short name"),
                hint=_(
                    "For the log and for commands, such as clinic-harbour. It stays for good."
                ),
                needed=_("Please give the card a short name."),
            ),
            "group": menu(
                _("Which group of needs it opens"),
                [unchosen, *groups],
                needed=_("Please choose which group of needs the card opens."),
            ),
            "code": line(
                _("Its code"), hint=_("Only where cards are printed already. Else it is drawn.")
            ),
        },
        answers,
    )


def entry(form: Form) -> PartnerEntry:
    """Read a form as a card; where no code was typed, one is drawn."""
    typed = {name: (form[name].data or "").strip() for name in ("id", "group", "code")}
    return PartnerEntry(id=typed["id"], group=typed["group"], code=typed["code"] or drawn())


def refuse_all(form: Form, faults: list[Fault]) -> None:
    """Say beside each field what is wrong with it; what is missing was said."""
    count = len(plain(form["code"].data or ""))
    lengths = {"least": LETTERS.start, "most": LETTERS.stop - 1, "count": count}
    refuse_long(form["id"], MOST)
    for path, wrong, _reason in faults:
        if not form[path[0]].errors:
            refuse_by_name(form[path[0]], str(FAULTS[wrong]) % lengths)
