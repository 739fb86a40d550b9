"""From the first page to waiting by keys alone; where one is can be seen at every stop."""

import re
from typing import TypedDict

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.machine import Up

MOST_STOPS = 150
STOP = """
() => {
  const at = document.activeElement;
  const box = at.getClientRects()[0];
  const style = getComputedStyle(at);
  const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    words: (at.labels?.[0] ?? at).textContent.trim().replace(/\\s+/g, " "),
    hasRing: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    isFree: on !== null && (at.contains(on) || on.contains(at)),
  };
}
"""


class Stop(TypedDict):
    """What has the focus: its words, whether a ring is around it, and nothing covers it."""

    words: str
    hasRing: bool
    isFree: bool


@pytest.mark.parametrize("size", [(390, 844), (320, 256)], ids=["phone", "four times as large"])
def test_a_seeker_comes_in_by_keys_alone(
    up: Up, phone: BrowserContext, size: tuple[int, int]
) -> None:
    page = phone.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{up.public}/en/")
    press(page, "Find someone to talk with")
    reach(page, "Under 13")
    for _ in range(2):
        page.keyboard.press("ArrowDown")  # as any group of radio buttons
    expect(page.get_by_label("18 or older", exact=True)).to_be_checked()
    press(page, "English", "Space")
    press(page, "Go on")
    press(page, "Love, friends, loneliness", "Space")
    press(page, "Feeling alone", "Space")
    press(page, "Go on")
    press(page, "Go on")
    press(page, "Every day", "Space")
    press(page, "Yes, that is fine for me", "Space")
    press(page, "Go on")
    press(page, "Keep these answers", "Space")
    press(page, "Agree and send")

    types_the_group(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("You are waiting for someone")


def test_the_first_stop_leads_past_the_top(up: Up, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{up.public}/en/")

    page.keyboard.press("Tab")
    assert stop(page)["words"] == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def reach(page: Page, words: str) -> None:
    """Go on from stop to stop until one begins with these words."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if stop(page)["words"].startswith(words):
            return
    raise AssertionError(words)


def stop(page: Page) -> Stop:
    """Say what has the focus, once that is seen to be seen."""
    found: Stop = page.evaluate(STOP)
    assert found["hasRing"], found
    assert found["isFree"], found
    return found


def press(page: Page, words: str, key: str = "Enter") -> None:
    """Go to what has these words, and press a key; Enter leads to the next page."""
    reach(page, words)
    before = page.get_by_role("heading", level=1).inner_text()
    page.keyboard.press(key)
    if key == "Enter":
        expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
        page.wait_for_load_state()  # its style as well


def types_the_group(page: Page) -> None:
    """Type the group that is asked back."""
    asked = re.search(r"what is group (\d)", page.locator("main").inner_text())
    assert asked is not None
    group = page.locator("bdi").nth(int(asked[1]) - 1).inner_text()
    reach(page, "To be sure that you have it")
    page.keyboard.type(group)
    page.keyboard.press("Enter")
