"""The one question of a report: what happened, of a closed list; nobody has to describe it."""

from collections.abc import Mapping, Sequence

from flask import request
from flask_babel import gettext as _

from matcher.domain.report import Capsule, CapsuleId, Category
from matcher.web.common.forms import Field, Form, filled, one_of
from matcher.web.common.i18n import date
from matcher.web.public.team.words import CATEGORIES

WHAT, WHICH = "what", "which"


def question(
    capsules: Sequence[Capsule] = (), *, also: Mapping[str, Field] | None = None
) -> Form:
    """Ask what happened, and of several conversations in which one; keep what was chosen.

    `also` holds what else is asked, by the names of its fields.
    """
    fields: dict[str, Field] = {}
    if len(capsules) > 1:
        which = [(one.id, _named(one)) for one in capsules]
        needed = _("Please choose in which conversation it happened.")
        fields[WHICH] = one_of(_("In which conversation?"), which, needed=needed)
    what = [(category.value, CATEGORIES[category]) for category in Category]
    needed = _("Please choose what happened; what comes closest is enough.")
    fields[WHAT] = one_of(_("What happened?"), what, needed=needed)
    fields.update(also or {})
    return filled(fields, {name: tuple(request.form.getlist(name)) for name in fields})


def category(form: Form) -> Category:
    """Read what happened off a form that is in order."""
    return Category(form[WHAT].data)


def chosen(form: Form, capsules: Sequence[Capsule]) -> CapsuleId:
    """Read which conversation it was; where there is one, it is that."""
    return CapsuleId(form[WHICH].data) if WHICH in form else capsules[0].id


def _named(capsule: Capsule) -> str:
    until = date(capsule.until)
    return str(_("The one that can be told about until %(date)s", date=until))
