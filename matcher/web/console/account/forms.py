"""What is asked for when somebody changes what they prove by."""

from flask_babel import gettext as _

from matcher.service import passphrases
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Form, filled, line, refuse, refuse_by_name
from matcher.web.console.entry.forms import DIFFER, FAULTS
from matcher.web.console.gate import me


def passphrase(answers: Answers) -> Form:
    """Ask for the passphrase as it is, and a new one twice."""
    return filled(
        {
            "passphrase": line(
                _("Your passphrase until now"),
                needed=_("Please type the passphrase that you have had until now."),
            ),
            "fresh": line(
                _("A new passphrase"),
                hint=_("At least 12 characters. Some words in a row are easiest to keep."),
                needed=_("Please type a new passphrase of at least 12 characters."),
            ),
            "again": line(
                _("The new passphrase once more"),
                needed=_("Please type the new passphrase once more."),
            ),
        },
        answers,
    )


def check_passphrase(form: Form) -> None:
    """Refuse a new passphrase that will not do."""
    fresh = form["fresh"].data or ""
    if fresh and (fault := passphrases.fault(fresh, me().name)):
        refuse_by_name(form["fresh"], str(FAULTS[fault]))
    elif fresh and fresh == form["passphrase"].data:
        words = _("The new passphrase is the one you have. Please take another.")
        refuse(form["fresh"], words)
    elif fresh and form["again"].data and form["again"].data != fresh:
        refuse(form["again"], str(DIFFER))


def digits(answers: Answers) -> Form:
    """Ask for the passphrase, and what the new authenticator shows."""
    return filled(
        {
            "digits": line(
                _("Six digits from the new authenticator"),
                needed=_("Please type the six digits that the new authenticator shows."),
            ),
            "passphrase": line(_("Your passphrase"), needed=_("Please type your passphrase.")),
        },
        answers,
    )
