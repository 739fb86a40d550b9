"""What scripts put on a page shuts nobody out either."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from matcher.domain import codes
from tests.journeys.steps import be_away, give_group_back, other_beginning, to_the_code
from tests.journeys.test_finding_needs import begin_to_look, look_for, said, to_the_needs
from tests.looks import axe, measures


def faults(page: Page) -> list[str]:
    """Look at the page as it is now, with everything on it unfolded."""
    measures.unfold(page)
    axe.arm(page)
    return [*axe.violations(page, axe.ALL), *measures.wider(page), *measures.small(page)]


def test_a_code_made_in_the_browser_and_the_waiting_page(scripted: BrowserContext) -> None:
    page = scripted.new_page()

    code = to_the_code(page)
    assert page.evaluate("document.activeElement.id") == "code-title"
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("Please type the group")).to_be_visible()
    assert faults(page) == []

    give_group_back(page, code, "Send my answers")
    expect(page.get_by_label("Show a dot")).to_be_visible()
    page.evaluate("document.querySelector('#news p').hidden = false")
    assert faults(page) == []


def test_the_cover_and_the_hint_of_the_key_that_leaves(scripted: BrowserContext) -> None:
    page = scripted.new_page()
    page.clock.install()
    code = to_the_code(page)
    give_group_back(page, code, "Send my answers")
    expect(page.get_by_label("Show a dot")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#escapes")).to_have_text("Escape twice more leaves this page")
    assert faults(page) == []

    be_away(page)
    page.locator("#cover-group").fill(other_beginning(codes.parse(code)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()

    assert faults(page) == []


def test_a_code_shown_in_words_by_the_browser(scripted: BrowserContext) -> None:
    page = scripted.new_page()
    to_the_code(page)

    page.get_by_role("button", name="Show it as words").click()
    expect(page.locator(".words li").first).to_be_visible()

    assert faults(page) == []


@pytest.mark.parametrize("typed", ["lonely", "xylophone"])
def test_needs_that_are_looked_for(scripted: BrowserContext, typed: str) -> None:
    page = to_the_needs(scripted)
    begin_to_look(page)
    look_for(page, typed)
    expect(said(page)).not_to_be_empty()

    assert faults(page) == []
