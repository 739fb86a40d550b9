"""The sentences of which a letter is made: each is a choice, so that nobody has to type."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

NEEDED: Mapping[str, str] = {
    "appointment": _l("I would like an appointment."),
    "talk": _l("I am looking for someone to talk with."),
    "advice": _l("I need advice about my rights."),
    "care": _l("I need a test, a medicine or a treatment."),
    "place": _l("I need a safe place to stay."),
    "papers": _l("I need help with papers."),
    "company": _l("I would like to bring someone with me."),
    "quiet": _l("I need a quiet place to wait."),
}
REACHED: Mapping[str, str] = {
    "write": _l("Please write to me and do not call."),
    "machine": _l("Please leave no message on an answering machine."),
    "others": _l("Please do not say who you are if somebody else answers."),
    "home": _l("Please send nothing to where I live."),
    "myself": _l("Please do not contact me: I will come back to you myself."),
}
NOT_ASKED: Mapping[str, str] = {
    "family": _l("Please do not ask about my family."),
    "faith": _l("Please do not ask about my faith."),
    "love": _l("Please do not ask whom I love."),
    "body": _l("Please do not ask about my body unless the treatment needs it."),
    "before": _l("Please do not ask about the name I had before."),
    "work": _l("Please do not ask how I earn my living."),
}
ADDRESSED: Mapping[str, str] = {
    "she": _l("Please use “she” and “her” for me."),
    "he": _l("Please use “he” and “him” for me."),
    "they": _l("Please use “they” and “them” for me."),
}
NAMED: Mapping[str, str] = {
    "name": _l("Please use the name that I tell you, whatever stands in my papers."),
}
