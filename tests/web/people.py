"""People who fill in the pages."""

from matcher.domain import codes
from matcher.domain.codes import Code
from matcher.domain.invitation import Scope
from tests.web.browsing import Browser, Given
from tests.world import Person, World

Two = tuple[Browser, Browser]

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


PEERS_ABOUT: Given = {
    "age": "18-plus",
    "band": "40-59",
    "languages": ["en"],
    "manner": ["none"],
}
PEERS_LIVED: Given = {
    "group-people": "some",
    "lived-12": "3",
    "since-12": "past",
    "group-family": "none",
    "group-mind": "unsaid",
}
PEERS_HOW: Given = {**HOW, "capacity": "2", "rest": "1"}


def to_the_peers_check_page(browser: Browser, invitation: Code) -> None:
    """Open an invitation and answer a peer's pages up to the last."""
    browser.open("/en/join").press("Open", {"code": invitation})
    browser.press("Go on", {"agreed": "yes"})
    browser.press("Go on", PEERS_ABOUT).press("Go on", PEERS_LIVED)
    browser.press("Go on", {"never": ["study/bullying"]}).press("Go on", PEERS_HOW)


def come_in_as_peer(browser: Browser, invitation: Code) -> Code:
    """Answer every page, agree, and note the code."""
    to_the_peers_check_page(browser, invitation)
    browser.press("Agree and send", {"keep": "yes"})
    return note_code(browser)


def who(browser: Browser, world: World) -> Person:
    """Say who this browser is, for rounds that are played by hand."""
    cookie = browser.client.get_cookie("stay")
    secret = cookie.value if cookie else ""
    visitor = world.services.places.visitor(secret)
    return Person(code=Code(""), cookie=secret, visitor=visitor)


def meet(world: World, seeker: Browser, peer: Browser) -> Code:
    """Let two people come in and be suggested to each other; returns the seeker's code."""
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    code = come_in_as_seeker(seeker)
    come_in_as_peer(peer, invitation)
    peer.press("I am around today")
    _, said = world.propose(who(seeker, world), who(peer, world))
    assert said == "offered"
    return code


def begin_to_talk(seeker: Browser, peer: Browser) -> None:
    """Let two people say yes to each other and open their conversation."""
    peer.open("/en/here").press("Yes, I can")
    seeker.open("/en/here").press("Yes, talk with them")
    peer.open("/en/here").open(peer.page.links["Open the conversation"])
