"""What people read for each kind of contact data."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from matcher.domain.contact import Contact

CONTACTS: Mapping[Contact, str] = {
    Contact.EMAIL: _l("an e-mail address"),
    Contact.PHONE: _l("a phone number"),
    Contact.LINK: _l("a link"),
    Contact.HANDLE: _l("a name on another service"),
}
