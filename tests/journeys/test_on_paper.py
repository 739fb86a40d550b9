"""What comes out of a printer: the code alone, also one that the browser made and spelled."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.steps import to_the_code


def on_paper(page: Page) -> list[str]:
    """Read what is printed."""
    page.emulate_media(media="print")
    read = page.locator("body").inner_text().split()
    page.emulate_media(media="screen")
    return read


def test_a_code_of_this_browser_is_printed_alone_in_letters_and_in_words(
    scripted: BrowserContext,
) -> None:
    page = scripted.new_page()
    code = to_the_code(page)
    assert on_paper(page) == re.findall("....", code.upper())

    page.get_by_role("button", name="Show it as words").click()
    words = page.locator(".words bdi")
    expect(words).to_have_count(14)

    assert on_paper(page) == words.all_inner_texts()
