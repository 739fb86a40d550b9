"""Two people go the whole way, in both languages: in, together, telling, out, back and gone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from matcher.domain.invitation import Scope
from matcher.local import invite
from tests.journeys.conftest import PHONE
from tests.machine import Up

NEXT = "button[name=go][value=next]:visible"
CODE = ".code:visible bdi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is read and pressed in one language."""

    language: str
    hours: str
    can: str
    talk: str
    said: str
    stay: str
    found: str


WORDS = (
    Words(
        language="en",
        hours="2 hours",
        can="Yes, I can",
        talk="Yes, talk with them",
        said="Hello, is somebody there?",
        stay="Tell the team and stay",
        found="You have someone to talk with",
    ),
    Words(
        language="ar",
        hours="ساعتين",
        can="نعم، يمكنني ذلك",
        talk="نعم، أوافق على المحادثة",
        said="مرحبًا، هل من أحد؟",
        stay="إبلاغ الفريق مع البقاء",
        found="يوجد شخص للتحدّث معه",
    ),
)


Two = tuple[Page, Page]


@pytest.fixture(params=[False, True], ids=["plain", "scripted"])
def two(request: pytest.FixtureRequest, browser: Browser, up: Up) -> Iterator[Two]:
    """Hold two phones, both without or both with JavaScript."""
    phones = [_phone(browser, up, has_scripts=request.param) for _ in range(2)]
    seeker, peer = (phone.new_page() for phone in phones)
    yield seeker, peer
    for phone in phones:
        phone.close()


@pytest.mark.parametrize("words", WORDS, ids=[one.language for one in WORDS])
def test_two_people_go_the_whole_way(up: Up, two: Two, words: Words) -> None:
    seeker, peer = two
    peer_comes(peer, up, words)
    code = seeker_comes(seeker, words)
    _press_once_there(peer, words, words.can)
    _press_once_there(seeker, words, words.talk)
    seeker.locator("textarea[name=text]").fill(words.said)
    seeker.locator("form:has(textarea[name=text]) button").first.click()
    peer.goto(f"/{words.language}/here")
    peer.locator("main a[href*='/talk/']").first.click()
    expect(peer.locator(".said")).to_have_text(words.said)

    seeker.locator("main a[href*='/team']").last.click()
    seeker.locator("input[name=what][value=unkind]").check()
    seeker.get_by_role("button", name=words.stay).click()
    expect(seeker.locator("input[name=what]")).to_have_count(0)
    seeker.locator(".leave").click()
    ours = re.compile(f"/{words.language}/")
    expect(seeker).not_to_have_url(ours, timeout=30_000)  # else it would end what comes next
    seeker.goto(f"/{words.language}/here")
    expect(seeker.locator(".doors")).to_be_visible()  # nobody is signed in
    seeker.goto(f"/{words.language}/back")
    seeker.locator("textarea[name=code]").fill(" ".join(code))
    seeker.locator("#questions button").first.click()
    expect(seeker.get_by_role("heading", level=1)).to_have_text(words.found)

    for page in two:
        page.goto(f"/{words.language}/here/erase")
        page.locator(".danger").click()
        expect(page).to_have_url(re.compile(f"/{words.language}/gone$"))
        assert page.locator("html").get_attribute("lang") == words.language


def peer_comes(page: Page, up: Up, words: Words) -> None:
    (invitation,) = invite.make(
        up.settings, count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )
    page.goto(f"/{words.language}/join")
    page.locator("input[name=code]").fill(invitation)
    page.locator("main form button").first.click()
    _answer(page, "agreed")
    _answer(page, "age=18-plus", f"languages={words.language}")
    _answer(page, "group-people=some", "lived-12=3")
    _answer(page)
    _answer(page, "help=listen", "look_in=daily", "relay=yes")
    _answer(page, "keep")
    keeps_code(page)
    page.get_by_role("button", name=words.hours).click()


def seeker_comes(page: Page, words: Words) -> list[str]:
    page.goto(f"/{words.language}/")
    page.locator(".doors .main").click()
    _answer(page, "age=18-plus", f"languages={words.language}")
    page.locator("#group-people summary").first.click()
    _answer(page, "needs=people/lonely")
    _answer(page)
    _answer(page, "format=now-and-then", "look_in=daily", "relay=yes")
    _answer(page, "matching")
    return keeps_code(page)


def keeps_code(page: Page) -> list[str]:
    """Read the code, in letters or in words, and give back what is asked for."""
    expect(page.locator(CODE)).to_have_count(7)
    code = page.locator(CODE).all_inner_texts()
    asked = re.search(r"\d", page.locator("label[for=group]").inner_text())
    assert asked is not None
    page.locator("#group").fill(code[int(asked[0]) - 1].lower())
    page.locator("#group").press("Enter")
    expect(page).to_have_url(re.compile("/here$"))
    return code


def _answer(page: Page, *given: str) -> None:
    """Tick what is given as name or name=value, and go on."""
    page.wait_for_load_state()  # its scripts as well
    for one in given:
        name, _, value = one.partition("=")
        page.locator(f"input[name='{name}']" + f"[value='{value}']" * bool(value)).check()
    heading = page.get_by_role("heading", level=1)
    before = heading.inner_text()
    page.locator(NEXT).first.click()
    expect(heading).not_to_have_text(before)


def _press_once_there(page: Page, words: Words, wanted: str) -> None:
    """Look in until a suggestion is there, and answer it."""
    button = page.get_by_role("button", name=wanted)
    for _ in range(200):
        page.goto(f"/{words.language}/here")
        if button.count():
            return button.click()
    raise AssertionError(wanted)


def _phone(browser: Browser, up: Up, *, has_scripts: bool) -> BrowserContext:
    return browser.new_context(
        base_url=up.public, java_script_enabled=has_scripts, viewport=PHONE
    )
