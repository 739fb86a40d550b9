"""The questions at the console's door."""

from collections.abc import Mapping

from flask_babel import gettext as _, lazy_gettext as _l

from matcher.domain.coordinator import LEAST_NAME, MOST_NAME
from matcher.service import passphrases
from matcher.service.passphrases import Fault
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Form, filled, line, refuse

FAULTS: Mapping[Fault, str] = {
    Fault.SHORT: _l("Please take at least 12 characters. Some words in a row are easiest."),
    Fault.LONG: _l("Please take at most 200 characters."),
    Fault.EVEN: _l("Please take more different characters: this is quickly guessed."),
    Fault.NAME: _l("Please take a passphrase without your name in it."),
}

DIFFER = _l("The two passphrases differ. Please type both again.")


def sign_in(answers: Answers) -> Form:
    """Ask for a name, a passphrase and digits."""
    needed = _("Please fill this in.")
    return filled(
        {
            "name": line(_("Your name here"), needed=needed),
            "passphrase": line(_("Passphrase"), needed=needed),
            "digits": line(_("Six digits from your authenticator")),
        },
        answers,
    )


def check_sign_in(form: Form, *, has_passkey: bool) -> None:
    """Ask for digits where no passkey came."""
    if not has_passkey and not form["digits"].data:
        refuse(form["digits"], _("Please fill this in."))


def join(answers: Answers) -> Form:
    """Ask for a one-time code, and for what an account is made of."""
    needed = _("Please fill this in.")
    return filled(
        {
            "code": line(
                _("One-time code"),
                hint=_("28 letters and digits. Spaces, dashes and capitals do not matter."),
                needed=_("Please type the code."),
            ),
            "name": line(
                _("A name to sign in with"),
                hint=_("Other coordinators see it. It need not be the name people know."),
                needed=needed,
            ),
            "passphrase": line(
                _("A passphrase"),
                hint=_("At least 12 characters. Some words in a row are easiest to keep."),
                needed=needed,
            ),
            "again": line(_("The passphrase once more"), needed=needed),
            "digits": line(_("Six digits from your authenticator"), needed=needed),
        },
        answers,
    )


def check_join(form: Form) -> None:
    """Refuse a name or a passphrase that will not do."""
    name, passphrase = (form[field].data or "" for field in ("name", "passphrase"))
    if name and not LEAST_NAME <= len(name.strip()) <= MOST_NAME:
        refuse(form["name"], _("Please take 2 to 40 characters."))
    if passphrase and (fault := passphrases.fault(passphrase, name)):
        refuse(form["passphrase"], str(FAULTS[fault]))
    elif passphrase and form["again"].data and form["again"].data != passphrase:
        refuse(form["again"], str(DIFFER))
