"""People who fill in the pages."""

from matcher.domain import codes
from matcher.domain.codes import Code
from tests.web.browsing import Browser, Given

ABOUT: Given = {"age": "18-plus", "band": "26-39", "languages": ["en", "ar"]}
NEEDS: Given = {"needs": ["people/lonely", "life/grief"]}
MATTERS: Given = {"main": "life/grief", "stage_time": "middle", "hide": ["people/lonely"]}
HOW: Given = {
    "help": ["listen"],
    "format": "now-and-then",
    "times": "any",
    "look_in": "daily",
    "relay": "yes",
}
SEEKERS_ANSWERS: tuple[Given, ...] = (ABOUT, NEEDS, MATTERS, HOW)


def to_the_check_page(browser: Browser) -> None:
    """Answer a seeker's pages up to the last."""
    browser.open("/en/start")
    for answers in SEEKERS_ANSWERS:
        browser.press("Go on", answers)


def come_in_as_seeker(browser: Browser) -> Code:
    """Answer every page, agree, and note the code."""
    to_the_check_page(browser)
    browser.press("Agree and send", {"matching": "yes"})
    return note_code(browser)


def note_code(browser: Browser) -> Code:
    """Read the code off its page, type in the group that is asked back, and go on."""
    code = shown_code(browser)
    browser.press("Go on", {"group": codes.groups(code)[asked_group(browser)]})
    return code


def shown_code(browser: Browser) -> Code:
    """Read the code off its page."""
    words = browser.text.split()
    return next(codes.parse("".join(words[at : at + 7])) for at in _starts(words))


def asked_group(browser: Browser) -> int:
    """Read which group is asked back, counted from nought."""
    return int(browser.text.partition("what is group ")[2].partition("?")[0]) - 1


def _starts(words: list[str]) -> list[int]:
    letters = set(codes.ALPHABET.upper())
    return [
        at
        for at in range(len(words) - 6)
        if all(len(word) == codes.GROUP and set(word) <= letters for word in words[at : at + 7])
    ]
