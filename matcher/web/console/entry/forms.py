"""The questions at the console's door."""

from collections.abc import Mapping

from flask_babel import gettext as _, lazy_gettext as _l, ngettext

from matcher.domain import codes
from matcher.domain.coordinator import LEAST_NAME, MOST_NAME
from matcher.domain.errors import LettersMissingError, MistypedCodeError
from matcher.service import passphrases
from matcher.service.passphrases import Fault
from matcher.web.common import errors
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Field, Form, filled, line, refuse, refuse_by_name

FAULTS: Mapping[Fault, str] = {
    Fault.SHORT: _l("Please take at least 12 characters. Some words in a row are easiest."),
    Fault.LONG: _l("Please take at most 200 characters."),
    Fault.EVEN: _l("Please take more different characters: this is quickly guessed."),
    Fault.NAME: _l("Please take a passphrase without your name in it."),
}
"""How long one was stays unsaid: nothing of a passphrase comes back on a page."""

DIFFER = _l("The two passphrases differ. Please type both again.")


def sign_in(answers: Answers) -> Form:
    """Ask for a name, a passphrase and digits."""
    return filled(
        {
            "name": line(
                _("Your name here"), needed=_("Please type the name that you sign in with.")
            ),
            "passphrase": line(_("Passphrase"), needed=_("Please type your passphrase.")),
            "digits": line(_("Six digits from your authenticator")),
        },
        answers,
    )


def check_sign_in(form: Form, *, has_passkey: bool) -> None:
    """Ask for digits where no passkey came."""
    if not has_passkey and not form["digits"].data:
        refuse(form["digits"], _needs_digits())


def join(answers: Answers) -> Form:
    """Ask for a one-time code, and for what an account is made of."""
    return filled(
        {
            "code": line(
                _("One-time code"),
                hint=_("28 letters and digits. Spaces, dashes and capitals do not matter."),
                needed=_("Please type your one-time code."),
            ),
            "name": line(
                _("A name to sign in with"),
                hint=_("Other coordinators see it. It need not be the name people know."),
                needed=_("Please type a name to sign in with."),
            ),
            "passphrase": line(
                _("A passphrase"),
                hint=_("At least 12 characters. Some words in a row are easiest to keep."),
                needed=_("Please type a passphrase of at least 12 characters."),
            ),
            "again": line(
                _("The passphrase once more"), needed=_("Please type the passphrase once more.")
            ),
            "digits": line(_("Six digits from your authenticator"), needed=_needs_digits()),
        },
        answers,
    )


def check_join(form: Form) -> None:
    """Refuse a code, a name or a passphrase that will not do."""
    _refuse_slip(form["code"])
    name, passphrase = (form[field].data or "" for field in ("name", "passphrase"))
    if name and not LEAST_NAME <= len(name.strip()) <= MOST_NAME:
        refuse(form["name"], _odd_name(len(name.strip())))
    if passphrase and (fault := passphrases.fault(passphrase, name)):
        refuse_by_name(form["passphrase"], str(FAULTS[fault]))
    elif passphrase and form["again"].data and form["again"].data != passphrase:
        refuse(form["again"], str(DIFFER))


def other_digits() -> str:
    """Say that these are not what the authenticator shows, which alone can be wrong of them."""
    return str(_("Your authenticator shows other digits. Please type the newest ones."))


def _refuse_slip(field: Field) -> None:
    """Tell what anybody can see of a code without asking whether it opens anything."""
    if field.data and not field.errors:
        try:
            codes.parse(field.data)
        except LettersMissingError as error:
            refuse(field, _count(error.count))
        except MistypedCodeError as error:
            refuse(field, errors.sentence(error))


def _count(count: int) -> str:
    return str(
        _(
            "A one-time code has 28 letters and digits, and these are %(count)s. Please "
            "compare them with what you were given, group by group.",
            count=count,
        )
    )


def _needs_digits() -> str:
    return str(_("Please type the six digits that your authenticator shows."))


def _odd_name(count: int) -> str:
    return str(
        ngettext(
            "The name needs %(least)s to %(most)s characters, and this has %(num)s.",
            "The name needs %(least)s to %(most)s characters, and this has %(num)s.",
            count,
            least=LEAST_NAME,
            most=MOST_NAME,
        )
    )
