"""Two people go from the first page to talking together, on phones without JavaScript."""

import re

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from matcher.domain.invitation import Scope
from matcher.local import invite
from tests.journeys.steps import go_on, is_sent_again
from tests.machine import Up
from tests.waiting import until

SOON_MS = 20_000


def test_two_people_find_each_other_and_talk(
    up: Up, phone: BrowserContext, other_phone: BrowserContext
) -> None:
    peer, seeker = other_phone.new_page(), phone.new_page()
    peer_code = _peer_comes(peer, up)
    peer.get_by_role("button", name="2 hours").click()

    seeker_code = _seeker_comes(seeker)
    expect(seeker.get_by_role("heading", level=1)).to_have_text("You are waiting for someone")

    _until_shown(peer, "Yes, I can", "Check for news")
    expect(peer.get_by_text("What you share is not shown")).to_be_visible()  # it fits one alone
    expect(peer.get_by_text("You share at least one language.")).to_be_visible()
    peer.get_by_role("button", name="Yes, I can").click()
    _until_shown(seeker, "Yes, talk with them", "Check for news")
    expect(seeker.locator(".shared").get_by_text("Feeling alone")).to_be_visible()
    seeker.get_by_role("button", name="Yes, talk with them").click()

    _open_conversation(seeker)
    seeker.get_by_label("Your message").fill("Hello, is somebody there? <b>1 & 2</b>")
    seeker.get_by_role("button", name="Send").click()
    peer.goto("/en/here")
    _open_conversation(peer)
    expect(peer.get_by_text("Hello, is somebody there? <b>1 & 2</b>")).to_be_visible()
    peer.get_by_label("Your message").fill("Yes. I am here.")
    peer.get_by_role("button", name="Send").click()
    seeker.get_by_role("button", name="Check for new messages").click()
    expect(seeker.get_by_text("Yes. I am here.")).to_be_visible()

    _comes_back(seeker, seeker_code)
    _open_conversation(seeker)
    expect(seeker.get_by_text("Yes. I am here.")).to_be_visible()
    assert peer_code != seeker_code


def test_back_and_corrections_keep_every_answer(up: Up, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{up.public}/en/start")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Please say how old you are")
    page.get_by_label("18 or older", exact=True).check()
    page.get_by_label("English").check()
    go_on(page)
    _tick_needs(page)
    go_on(page)
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Feeling alone")).to_be_checked()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("18 or older", exact=True)).to_be_checked()
    expect(page.get_by_label("English")).to_be_checked()


def test_the_browsers_own_back_sends_a_page_again_and_nothing_is_lost(
    up: Up, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto(f"{up.public}/en/start")
    page.get_by_label("18 or older", exact=True).check()
    page.get_by_label("English").check()
    go_on(page)
    _tick_needs(page)
    go_on(page)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("What would help")

    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the browser asks whether to send again
        page.go_back()
    until(lambda: is_sent_again(page), "the page sent again")

    expect(page.get_by_role("heading", level=1)).to_have_text("What you ticked")
    expect(page.get_by_text("To go back, please use “Back” on this page.")).to_be_visible()
    go_on(page)
    page.get_by_label("Messages now and then").check()
    page.get_by_label("Every day").check()
    page.get_by_label("Yes, that is fine for me").check()
    go_on(page)
    expect(page.get_by_text("Feeling alone")).to_be_visible()
    expect(page.get_by_text("English")).to_be_visible()


def _seeker_comes(page: Page) -> str:
    page.goto("/")
    page.get_by_role("link", name="Find someone to talk with").click()
    page.get_by_label("18 or older", exact=True).check()
    page.get_by_label("English").check()
    go_on(page)
    _tick_needs(page)
    go_on(page)
    go_on(page)
    page.get_by_label("Messages now and then").check()
    page.get_by_label("Every day").check()
    page.get_by_label("Yes, that is fine for me").check()
    go_on(page)
    page.locator("input[name=matching]").check()
    page.get_by_role("button", name="Agree and send").click()
    return _keeps_code(page)


def _peer_comes(page: Page, up: Up) -> str:
    invitation = invite.make(
        up.settings, count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    page.goto("/")
    page.get_by_role("link", name="I was invited to help").click()
    page.get_by_label("Your invitation code").fill(invitation.lower().replace(" ", "-"))
    page.get_by_role("button", name="Open").click()
    page.locator("input[name=agreed]").check()
    go_on(page)
    page.get_by_label("18 or older", exact=True).check()
    page.get_by_label("English").check()
    go_on(page)
    group = page.get_by_role("group", name="Love, friends, loneliness")
    group.get_by_text("Some of these", exact=True).click()
    lonely = group.get_by_role("group", name="Feeling alone")
    lonely.get_by_text("Very", exact=False).first.click()
    go_on(page)
    go_on(page)
    page.locator("input[name=help][value=listen]").check()
    page.get_by_label("Either").check()
    page.get_by_label("Every day").check()
    page.get_by_label("Yes, that is fine for me").check()
    go_on(page)
    page.get_by_label("Keep these answers").check()
    page.get_by_role("button", name="Agree and send").click()
    return _keeps_code(page)


def _tick_needs(page: Page) -> None:
    page.locator("summary", has_text="Love, friends, loneliness").click()
    page.get_by_label("Feeling alone").check()


def _keeps_code(page: Page) -> str:
    expect(page.get_by_role("heading", level=1)).to_have_text("Your return code")
    groups = page.locator("bdi").all_inner_texts()
    asked = re.search(r"what is group (\d)", page.content())
    assert asked is not None
    page.locator("input[name=group]").fill("nope")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text(f"This is not group {asked[1]}.")
    page.locator("input[name=group]").fill(groups[int(asked[1]) - 1].lower())
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(re.compile("/en/here$"))
    return " ".join(groups)


def _until_shown(page: Page, wanted: str, news: str) -> None:
    """Press the button for news until somebody is suggested."""
    for _ in range(200):
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        if page.get_by_role("button", name=wanted).count():
            return
        page.get_by_text(news).click()
        page.wait_for_load_state()
    raise AssertionError(wanted)


def _open_conversation(page: Page) -> None:
    if "/talk/" not in page.url:
        page.get_by_role("link", name="Open the conversation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your conversation")


def _comes_back(page: Page, code: str) -> None:
    page.context.clear_cookies()
    page.goto("/en/back")
    page.get_by_label("code").fill(code.replace(" ", "").lower())
    page.get_by_role("button", name="Open").click()
    expect(page).to_have_url(re.compile("/en/here$"))
