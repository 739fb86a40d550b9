"""What scripts put on a page shuts nobody out either."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.steps import give_group_back, to_the_code
from tests.looks import axe, measures

pytestmark = pytest.mark.timeout(180)


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
