"""A coordinator changes a weight in a real browser without JavaScript, and takes it back."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.coordinating import PASSPHRASE
from tests.journeys.conftest import PHONE
from tests.journeys.test_console import WORDS, becomes_coordinator
from tests.machine import Up

PREVIEWED_MS = 60_000
LIVE = {"en": "This one is in force.", "ar": "هذه هي المطبّقة الآن."}


@pytest.fixture
def desk(browser: Browser, up: Up) -> Iterator[BrowserContext]:
    """Hold a browser at the console's address."""
    port = urlsplit(str(up.told["console"])).port
    context = browser.new_context(
        base_url=f"http://localhost:{port}", java_script_enabled=False, viewport=PHONE
    )
    yield context
    context.close()


@pytest.mark.parametrize("language", LIVE)
def test_a_weight_is_changed_tried_published_and_taken_back(
    desk: BrowserContext, up: Up, language: str
) -> None:
    page = desk.new_page()
    page.goto(f"/{language}/join")
    becomes_coordinator(page, up, WORDS[language], f"{WORDS[language]['name']} who tunes")
    page.goto(f"/{language}/rules/draft")
    text = page.locator("textarea[name=text]")
    assert "main = 2.0" in text.input_value()
    text.fill(text.input_value().replace("main = 2.0", "main = 3.5"))
    page.locator("form[action$='/look'] button").click()
    expect(page.locator(".rules").first).to_contain_text("3.5")

    page.locator("[name=seekers]").fill("60")
    page.locator("[name=peers]").fill("20")
    with desk.expect_page() as opened:
        page.locator("form[action$='/ask'] button").click()
    expect(opened.value.locator("table").first).to_be_visible(timeout=PREVIEWED_MS)

    page.locator("#reason").fill("What matters most should count more")
    page.locator("form[action$='/publish'] [name=passphrase]").fill(PASSPHRASE)
    page.locator("form[action$='/publish'] button").click()
    expect(page.locator("main")).to_contain_text("3.5")
    page.goto(f"/{language}/rules/history")
    page.locator(".rules a").nth(1).click()
    page.locator(".doors a").click()
    page.locator("#reason").fill("It did not help")
    page.locator("form[action$='/publish'] button").click()
    page.goto(f"/{language}/rules/version")

    expect(page.locator("main")).to_contain_text(LIVE[language])
    expect(page.locator("main")).to_contain_text("It did not help")
    page.goto(f"/{language}/rules")
    expect(page.locator("main")).not_to_contain_text("3.5")
