"""What becomes of suggestions and conversations, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from matcher.domain.counted import Event

EVENTS: Mapping[Event, str] = {
    Event.OFFERED: _l("Suggestions made"),
    Event.PEER_YES: _l("Yes of somebody who helps"),
    Event.PEER_NO: _l("No of somebody who helps"),
    Event.TOO_MUCH: _l("“Too much for me now”"),
    Event.SEEKER_NO: _l("No of somebody who looks for help"),
    Event.BEGAN: _l("Conversations begun"),
    Event.RETURNED: _l("Conversations handed back"),
    Event.ENDED: _l("Conversations ended by one of the two"),
}
RATES: Mapping[str, str] = {
    "found": _l("Newcomers who found somebody"),
    "yes": _l("Suggestions that somebody who helps said yes to"),
    "no": _l("Suggestions that somebody who helps said no to"),
    "unanswered": _l("Suggestions that were not answered"),
    "began": _l("Suggestions that became a conversation"),
    "stayed": _l("Conversations that were not handed back"),
}
