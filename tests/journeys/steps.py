"""What a seeker does on the pages, with and without JavaScript."""

import re

from playwright.sync_api import Error, Page, expect

from matcher.domain.codes import ALPHABET, Code
from matcher.web.common.code_words import lists

CALM_MS = 120_000
"""So long nobody uses a page before it is covered."""


def to_the_last_page(page: Page) -> None:
    """Answer every page and agree; nothing is sent yet."""
    page.goto("/en/start")
    page.get_by_label("18 or older", exact=True).check()
    page.get_by_label("English").check()
    go_on(page)
    page.locator("summary", has_text="Love, friends, loneliness").click()
    page.get_by_label("Feeling alone").check()
    go_on(page)
    go_on(page)
    page.get_by_label("Messages now and then").check()
    page.get_by_label("Every day").check()
    page.get_by_label("Yes, that is fine for me").check()
    go_on(page)
    page.wait_for_load_state()  # its scripts as well
    page.locator("input[name=matching]").check()


def to_the_code(page: Page) -> str:
    """Go as far as the code, and read it."""
    to_the_last_page(page)
    page.get_by_role("button", name="Agree and send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your return code")
    return "".join(page.locator("bdi").all_inner_texts()).lower()


def give_group_back(page: Page, code: str, button: str) -> None:
    """Type the group that is asked, and go on to one's own page."""
    asked = re.search(r"what is group (\d)", page.locator("main").inner_text())
    assert asked is not None
    at = 4 * (int(asked[1]) - 1)
    page.get_by_label("To be sure that you have it").fill(code[at : at + 4])
    page.get_by_role("button", name=button, exact=True).click()
    expect(page).to_have_url(re.compile("/en/here$"))


def come_back(page: Page, typed: str) -> None:
    """Type a code at the door."""
    page.goto("/en/back")
    page.get_by_label("Your return code").fill(typed)
    page.get_by_role("button", name="Open").click()


def is_sent_again(page: Page) -> bool:
    """Agree to the browser's question whether to send a page again, once it stands there."""
    try:
        page.reload()
    except Error:
        return False
    return True


def go_on(page: Page, words: str = "Go on") -> None:
    """Press on to the next page; `words` stand on the button."""
    before = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name=words).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)


def other_beginning(code: Code) -> str:
    """Write four letters that open no cover over pages of whoever holds this code.

    A tab keeps ten bits of the first group, and of the first word: one of some 500 others of
    as many letters opens it, too.
    """
    open_it = {_ten_bits(code), _ten_bits(lists()["en"].spelled(code)[0])}
    tries = (code[:3] + letter for letter in ALPHABET)
    return next(typed for typed in tries if _ten_bits(typed) not in open_it)


def _ten_bits(typed: str) -> int:
    """Add up the first four letters as leave.js does."""
    found = 0
    for letter in typed[:4].lower().translate(str.maketrans("oilu", "011v")):
        found = (31 * found + ord(letter)) % 1021
    return found


def be_away(page: Page) -> None:
    """Leave a page alone whose clock the test holds, until it is covered.

    Its scripts have to be there; what moves under a mouse that rests counts as use once more.
    """
    page.wait_for_load_state()
    for _ in range(5):
        page.clock.run_for(CALM_MS + 1_000)
        if page.locator(".cover").count():
            return
    raise AssertionError("the page is not covered")
