"""Every page that a peer comes to, in its main states."""

from collections.abc import Iterator

from matcher.bootstrap.desks import note_desk
from matcher.domain.codes import Code
from matcher.domain.invitation import Scope
from matcher.domain.needs import NeedId
from tests.looks.visitor import Ground, Visitor
from tests.web.browsing import Given
from tests.web.people import PEERS_ABOUT, PEERS_HOW, PEERS_LIVED, note_code

Seen = Iterator[tuple[str, Visitor]]

TRAINED = NeedId("safety/at-home")
BOTH_AND_NONE: Given = {**PEERS_ABOUT, "manner": ["none", "own-story"]}
BOTH_WAYS: Given = {"opted_in": [TRAINED], "never": [TRAINED]}
SEND = "Send it to the coordinators"


def invited(ground: Ground) -> Code:
    """Give out an invitation of somebody who is trained for one careful topic."""
    return ground.world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset({TRAINED})
    )[0]


def peers(ground: Ground) -> Seen:
    """Go a peer's whole way, from the invitation until they rest."""
    one = ground.somebody()
    yield from _joining(one, invited(ground))
    yield from _here(one)
    yield from _helped(one, ground)


def _joining(one: Visitor, invitation: Code) -> Seen:
    yield "join-rules", one.open("/en/join").press("Open", {"code": invitation})
    yield "join-rules-wrong", one.press("Go on")
    yield "join-about", one.press("Go on", {"agreed": "yes"})
    yield "join-about-wrong", one.press("Go on", BOTH_AND_NONE)
    yield "join-lived", one.press("Go on", PEERS_ABOUT)
    one.press("Go on", PEERS_LIVED)
    yield "join-limits", one
    yield "join-limits-wrong", one.press("Go on", BOTH_WAYS)
    yield "join-lived-filled", one.press("Back")
    one.press("Go on").press("Go on", {"never": ["study/bullying"]})
    yield "join-how", one
    yield "join-how-wrong", one.press("Go on")
    yield "join-check", one.press("Go on", PEERS_HOW)
    one.press("Agree and send", {"keep": "yes"})
    note_code(one)


def _here(one: Visitor) -> Seen:
    yield "peer-not-here", one
    yield "peer-here", one.press("I am around today")
    yield "peer-paused", one.press("Pause")
    yield "peer-resting", one.press("I am back").press("Three days")


def _helped(one: Visitor, ground: Ground) -> Seen:
    yield "peer-guide", one.open("/en/guide")
    yield "peer-remind", one.open("/en/here/remind")
    yield "peer-remind-wrong", one.press("Make the file", {"at": "25:00"})
    yield "peer-ask", one.open("/en/here/ask")
    yield "peer-ask-wrong", one.press(SEND)
    yield "peer-ask-seen", one.press(SEND, {"text": "Call +961 70 123 456."})
    yield "peer-ask-sent", one.press(SEND, {"text": "How do I end it?"})
    desk = note_desk(ground.world.settings)
    desk.answer(desk.waiting()[0].id, "Say early that you have to go soon.")
    yield "peer-ask-answered", one.open("/en/here/ask")
    yield "peer-answered", one.open("/en/here")
