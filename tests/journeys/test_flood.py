"""Newcomers while very many come: with and without JavaScript everybody gets through."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from matcher.domain import codes
from matcher.store.secrets import keys_of
from tests.journeys.listening import listen
from tests.machine import QUICK, Up, up as running

WAIT_S = 3
TYPED = "typed by somebody"


@pytest.fixture(scope="module")
def pressed() -> Iterator[Up]:
    """Run a `sanad up` that asks every newcomer for work."""
    asks = {"SANAD_PRESSURE_FORMS": "1", "SANAD_PRESSURE_WAIT": f"{WAIT_S} s"}
    with running(extra=QUICK | asks) as found:
        yield found


def _sends_at_once(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/en/start")
    page.get_by_label("18 or older", exact=True).check()
    page.get_by_label("English").check()
    page.get_by_role("button", name="Go on").click()
    return page


def _opens_at_once(context: BrowserContext, typed: str) -> Page:
    page = context.new_page()
    page.goto("/en/back")
    page.get_by_label("Your return code").fill(typed)
    page.get_by_role("button", name="Open").click()
    return page


def test_with_javascript_the_page_works_and_goes_on_by_itself(
    browser: Browser, pressed: Up
) -> None:
    said: list[str] = []
    context = browser.new_context(base_url=pressed.public)
    context.on("console", lambda message: said.append(message.text))
    page = _sends_at_once(context)

    second_page = page.locator("summary", has_text="Love, friends, loneliness")
    expect(second_page).to_be_visible(timeout=30_000)  # which needs the answers of the first

    assert [text for text in said if "429" not in text] == []
    context.close()


def test_a_code_stays_in_the_browser_while_work_is_asked_too(
    browser: Browser, pressed: Up
) -> None:
    code = codes.from_bits(5**69)  # no part of it looks like hex
    context = browser.new_context(base_url=pressed.public)
    heard, keys = listen(context), keys_of(code)
    page = _opens_at_once(context, code)

    expect(page.get_by_role("alert").first).to_contain_text(
        "No place opens with this code", timeout=30_000
    )

    sent = [keys.lookup.hex(), keys.seal.hex()]
    assert heard.posted(code, *codes.groups(code), *sent) == sent
    context.close()


def test_while_it_works_the_page_stays_alive_and_says_what_it_does(
    browser: Browser, pressed: Up
) -> None:
    context = browser.new_context(base_url=pressed.public)
    context.add_init_script(  # while the page is read: its script begins to work after that
        "new MutationObserver(() => {"
        "const again = document.getElementById('again');"
        "if (again) again.dataset.bits = 31;"
        "}).observe(document, { childList: true, subtree: true });"
    )
    page = _sends_at_once(context)

    expect(page.locator("main").get_by_role("status")).to_have_text(
        re.compile("doing a little sum for us")
    )
    page.get_by_role("link", name="Services near me").click()

    expect(page).to_have_url(re.compile("/en/near$"))
    context.close()


def test_without_javascript_a_short_wait_and_one_button_do_it(
    browser: Browser, pressed: Up
) -> None:
    context = browser.new_context(base_url=pressed.public, java_script_enabled=False)
    page = _opens_at_once(context, TYPED)

    expect(page.get_by_role("heading", name="One moment, please")).to_be_visible()
    expect(page.locator("main").get_by_role("status")).to_have_text(
        re.compile(r"Please wait \d seconds?, then")
    )

    for _ in range(200):  # pressing early is harmless, and makes nobody wait anew
        if page.get_by_role("heading", name="Welcome back").count():
            break
        page.get_by_role("button", name="Go on").click()
        page.wait_for_load_state()

    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    assert page.get_by_label("code").input_value() == TYPED
    context.close()
