"""The questions after a conversation, and their answers."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from matcher.domain.outcomes import Question
from matcher.domain.profile import Role

QUESTIONS: Mapping[Role, Mapping[Question, str]] = {
    Role.SEEKER: {
        Question.HELPED: _l("Did it help?"),
        Question.SAFE: _l("Did it feel safe?"),
        Question.SERVICE: _l("Did you reach a service that you needed?"),
    },
    Role.PEER: {
        Question.HELPED: _l("Do you think it helped?"),
        Question.SAFE: _l("Did it feel safe?"),
    },
}
ANSWERS: Mapping[str, str] = {"yes": _l("Yes"), "somewhat": _l("Somewhat"), "no": _l("No")}
