"""What people read about a service: the words of its fields, one place for all cards."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from matcher.domain.services import Access, Answer, Paper, Reach, Told, Welcome

WAYS: Mapping[Reach, str] = {
    Reach.PHONE: _l("Call"),
    Reach.TEXT: _l("Text message"),
    Reach.CHAT: _l("Chat"),
    Reach.WEB: _l("Web page"),
    Reach.EMAIL: _l("E-mail"),
    Reach.VISIT: _l("Go there"),
}
TRACES: Mapping[Reach, str] = {
    Reach.PHONE: _l("A call stays in the phone's call list."),
    Reach.TEXT: _l("A text message stays on the phone until it is deleted there."),
    Reach.CHAT: _l("The browser or the app may remember the chat."),
    Reach.WEB: _l("The browser remembers the page, unless its window is a private one."),
    Reach.EMAIL: _l("An e-mail stays in the mailbox, also among those that were sent."),
    Reach.VISIT: _l("A phone whose location is switched on may remember the way."),
}
WELCOMES: Mapping[Welcome, str] = {
    Welcome.COMMUNITY: _l("Run by the community"),
    Welcome.TRAINED: _l("The people there were trained to welcome everybody"),
    Welcome.NOT_CHECKED: _l("Nobody has checked yet whether everybody is welcome"),
}
PAPERS: Mapping[Paper, str] = {
    Paper.ID: _l("an identity card or passport"),
    Paper.INSURANCE: _l("an insurance"),
    Paper.RESIDENCE: _l("a residence permit"),
}
ASKS: Mapping[Answer, str] = {
    Answer.YES: _l("They ask for"),
    Answer.NO: _l("They do not ask for"),
    Answer.UNKNOWN: _l("Not known whether they ask for"),
}
TOLD: Mapping[Told, str] = {
    Told.POLICE: _l("the police"),
    Told.PARENTS: _l("your parents"),
    Told.IMMIGRATION: _l("the immigration office"),
}
ACCESS: Mapping[Access, str] = {
    Access.STEP_FREE: _l("No steps on the way in"),
    Access.SIGN_LANGUAGE: _l("Sign language"),
    Access.EASY_READ: _l("Easy words to read"),
}
