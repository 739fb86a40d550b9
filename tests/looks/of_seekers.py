"""Every page that a seeker comes to, in its main states."""

from collections.abc import Iterator

from tests.looks.visitor import Ground, Visitor
from tests.web.browsing import Given
from tests.web.people import ABOUT, HOW, note_code

Seen = Iterator[tuple[str, Visitor]]

FIVE: Given = {"needs": ["people/lonely", "life/grief", "mind/suicidal", "identity/outed"]}
WISHES: Given = {
    **HOW,
    "help": ["listen", "know-how"],
    "times": "parts",
    "parts": ["evening"],
    "clock": "14",
    "gender_not": ["man"],
    "region": "",
}


def seekers(ground: Ground) -> Seen:
    """Go a seeker's whole way, from the first question until everything is erased."""
    yield from _about(ground.somebody())
    yield from _needs(ground.somebody())
    one = ground.somebody()
    yield from _how(one)
    yield from _code(one)
    yield from _here(one)
    yield from _changed(one)


def _about(one: Visitor) -> Seen:
    yield "start-1-about", one.open("/en/start")
    yield "start-1-about-wrong", one.press("Go on")
    yield "start-young", one.press("Go on", {"age": "13-17", "languages": ["en"]})


def _needs(one: Visitor) -> Seen:
    one.open("/en/start").press("Go on", ABOUT)
    yield "start-2-needs", one
    yield "start-2-needs-wrong", one.press("Go on")
    one.press("Go on", FIVE)
    yield "start-3-matters-first-help", one
    yield (
        "start-3-matters-filled",
        one.press(
            "Go on", {"main": "life/grief", "stage_time": "middle", "hide": ["people/lonely"]}
        ).press("Back"),
    )
    yield "start-2-needs-filled", one.press("Back")
    yield "start-1-about-filled", one.press("Back")


def _how(one: Visitor) -> Seen:
    one.open("/en/start").press("Go on", ABOUT).press("I just want to talk")
    yield "start-4-how", one
    yield "start-4-how-wrong", one.press("Go on")
    yield "start-5-check", one.press("Go on", WISHES)
    yield "start-4-how-filled", one.press("Back")
    yield "start-5-check-wrong", one.press("Go on").press("Agree and send")


def _code(one: Visitor) -> Seen:
    yield "code", one.press("Agree and send", {"matching": "yes"})
    yield "code-wrong", one.press("Go on", {"group": "nope"})
    yield "code-picture", one.press("Show the picture")
    yield "code-words", one.press("Show it as words")
    yield "code-words-wrong", one.press("Go on", {"group": "nope"})
    one.press("Show it as letters and digits")


def _here(one: Visitor) -> Seen:
    note_code(one)
    yield "seeker-waiting", one
    yield "seeker-erase", one.open("/en/here/erase")
    yield "seeker-paused", one.open("/en/here").press("Pause")


def _changed(one: Visitor) -> Seen:
    yield "change-check", one.open("/en/change")
    one.press("Save")
    yield "erased", one.open("/en/here/erase").press("Yes, erase everything")
