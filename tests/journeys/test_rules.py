"""A coordinator changes a weight in a real browser without JavaScript, and takes it back."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from matcher.web.console.rules.words import PAGES
from tests.coordinating import PASSPHRASE
from tests.journeys.conftest import PHONE
from tests.journeys.test_console import WORDS, becomes_coordinator
from tests.looks import axe, measures
from tests.machine import Up

PREVIEWED_MS = 60_000
LIVE = {"en": "This one is in force.", "ar": "هذه هي المطبّقة الآن."}


@pytest.fixture(params=[False], ids=["plain"])
def desk(request: pytest.FixtureRequest, browser: Browser, up: Up) -> Iterator[BrowserContext]:
    """Hold a browser at the console's address; scripts run in it only where a test does."""
    port = urlsplit(up.console).port
    context = browser.new_context(
        base_url=f"http://localhost:{port}",
        java_script_enabled=request.param,
        viewport=PHONE,
    )
    yield context
    context.close()


def put_weight(page: Page, typed: str) -> None:
    """Type how much counts what matters most, and put it into the draft."""
    page.locator("[name='weights.main']").fill(typed)
    page.locator("form[action$='/part'] button[value='']").click()


def preview(desk: BrowserContext, page: Page) -> Page:
    """Try the draft on a few drawn people, more of them young than usual."""
    page.locator("[name=seekers]").fill("60")
    page.locator("[name=peers]").fill("20")
    if not page.locator("[name=young]").is_visible():
        page.locator("form[action$='/ask'] summary").click()
    page.locator("[name=young]").fill("2")
    with desk.expect_page() as opened:
        page.locator("form[action$='/ask'] button").click()
    expect(opened.value.locator("td .bar").first).to_be_visible(timeout=PREVIEWED_MS)
    boxes = [bar.bounding_box() for bar in opened.value.locator("td .bar").all()[:2]]
    assert len({round(box["width"]) for box in boxes if box}) == 1, "bars have one scale"
    return opened.value


@pytest.mark.parametrize("language", LIVE)
def test_a_weight_is_changed_tried_published_and_taken_back(
    desk: BrowserContext, up: Up, language: str
) -> None:
    page = desk.new_page()
    page.goto(f"/{language}/join")
    becomes_coordinator(page, up, WORDS[language], f"{WORDS[language]['name']} who tunes")
    page.goto(f"/{language}/rules")
    page.locator("a[href$='part=weights']").click()
    expect(page.locator("[name='weights.main']")).to_have_value("2")
    put_weight(page, "35")
    expect(page.locator("[id='weights.main-error1']")).to_be_visible()
    put_weight(page, "3.5")
    expect(page.locator(".rules").first).to_contain_text("3.5")
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile("main = 3.5\n"))
    preview(desk, page)

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


@pytest.mark.parametrize("desk", [True], indirect=True, ids=["for axe"])
@pytest.mark.parametrize("language", LIVE)
def test_pages_of_rules_shut_nobody_out(desk: BrowserContext, up: Up, language: str) -> None:
    page, found = desk.new_page(), list[str]()

    def look(page: Page) -> None:
        page.wait_for_load_state()  # its styles as well
        measures.unfold(page)
        axe.arm(page)
        found.extend(f"{page.url}: {one}" for one in axe.violations(page, axe.ALL))
        found.extend(f"{page.url}: wider: {one}" for one in measures.wider(page))
        found.extend(f"{page.url}: untold: {one}" for one in measures.untold(page))

    page.goto(f"/{language}/join")
    becomes_coordinator(page, up, WORDS[language], f"{WORDS[language]['name']} who looks")
    page.goto(f"/{language}/rules")
    look(page)
    for part in PAGES:
        page.goto(f"/{language}/rules/draft/part?part={part}")
        look(page)
    page.goto(f"/{language}/rules/draft/part?part=weights")
    put_weight(page, "35")
    look(page)
    put_weight(page, "3.5")
    look(page)
    look(preview(desk, page))

    assert found == []
