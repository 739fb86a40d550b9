"""What was asked after a conversation, as coordinators read it."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from matcher.domain.outcomes import Question
from matcher.domain.profile import Role

ROLES: Mapping[Role, str] = {
    Role.SEEKER: _l("People who looked for somebody"),
    Role.PEER: _l("People who helped"),
}
QUESTIONS: Mapping[Question, str] = {
    Question.HELPED: _l("Did it help?"),
    Question.SAFE: _l("Did it feel safe?"),
    Question.SERVICE: _l("Did you reach a service that you needed?"),
}
ANSWERS: Mapping[str, str] = {"yes": _l("Yes"), "somewhat": _l("Somewhat"), "no": _l("No")}
