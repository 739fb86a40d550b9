"""What leads to help elsewhere: services, a letter to one of them, and a card from one."""

from collections.abc import Iterator

from tests.looks.visitor import Ground, Visitor
from tests.web.browsing import Given
from tests.web.people import ABOUT

Seen = Iterator[tuple[str, Visitor]]

NOWHERE: Given = {"where": "nowhere"}
CODE = "K7D-4M2"  # of an example in the settings
BAD = "This was bad for me"
WRITE = "Write the letter"
LETTER: Given = {
    "needed": ["appointment", "company"],
    "reached": ["others"],
    "not-asked": ["before"],
    "addressed": "they",
    "named": ["name"],
    "spoken": "fa",
    "to": "ar",
}


def near_and_far(ground: Ground) -> Seen:
    """Look for services, write to one, and come with a card."""
    yield from _services(ground.somebody())
    yield from _letter(ground.somebody())
    yield from _card(ground.somebody())


def _services(one: Visitor) -> Seen:
    yield "near-found", one.open("/en/near").press("Show", {"what": "health"})
    yield "near-none", one.press("Show", {"what": "faith", "where": "oceania"})
    yield "near-wrong", one.press("Show", NOWHERE)
    one.open("/en/near")
    words = [words for form in one.page.forms for _, _, words in form.buttons]
    yield "near-bad", one.press(next(button for button in words if button.startswith(BAD)))


def _letter(one: Visitor) -> Seen:
    yield "letter", one.open("/en/letter")
    yield "letter-wrong", one.press(WRITE)
    yield "letter-written", one.press(WRITE, LETTER)


def _card(one: Visitor) -> Seen:
    yield "card-wrong", one.open("/en/card").press("Go on", {"code": "K7D-4M3"})
    yield "card-needs", one.press("Go on", {"code": CODE}).press("Go on", ABOUT)
