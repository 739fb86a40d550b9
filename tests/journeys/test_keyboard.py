"""From the first page to waiting by keys alone; where one is can be seen at every stop."""

import re
from collections.abc import Callable, Mapping
from typing import TypedDict

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from matcher.settings.load import load
from matcher.web.common.catalogues import translations
from tests.machine import Up

MOST_STOPS = 150
STOP = """
() => {
  const at = document.activeElement;
  const box = at.getClientRects()[0];
  const style = getComputedStyle(at);
  const paper = getComputedStyle(document.body).backgroundColor;
  const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    words: (at.labels?.[0] ?? at).textContent.trim().replace(/\\s+/g, " "),
    hasRing:
      style.outlineStyle !== "none" &&
      parseFloat(style.outlineWidth) >= 2 &&
      ![paper, "rgba(0, 0, 0, 0)"].includes(style.outlineColor),
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
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_a_seeker_comes_in_by_keys_alone(
    up: Up, phone: BrowserContext, size: tuple[int, int], language: str, direction: str
) -> None:
    say = words_of(language)
    page = phone.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{up.public}/{language}/")
    assert page.evaluate("getComputedStyle(document.body).direction") == direction
    press(page, say("Find someone to talk with"))
    corrects_a_mistake(page, say)
    for _ in range(2):
        page.keyboard.press("ArrowDown")  # as any group of radio buttons
    expect(page.get_by_label(say("18 or older"), exact=True)).to_be_checked()
    press(page, "English", "Space")
    press(page, say("Go on"))
    press(page, say("people"), "Space")
    press(page, say("people/lonely"), "Space")
    press(page, say("Go on"))
    press(page, say("Go on"))
    press(page, say("Every day"), "Space")
    press(page, say("Yes, that is fine for me"), "Space")
    press(page, say("Go on"))
    press(page, say("Keep these answers to find someone for me."), "Space")
    press(page, say("Agree and send"))

    types_the_group(page)

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(say("You are waiting for someone"))


def test_the_first_stop_leads_past_the_top(up: Up, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{up.public}/en/")

    page.keyboard.press("Tab")
    assert stop(page)["words"] == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def words_of(language: str) -> Callable[[str], str]:
    """Say how a page puts its English words, or a need or group by its id, into a language."""
    needs = load({"HOME": "/nowhere"}).needs
    labels: dict[str, Mapping[str, str]] = {group.id: group.label for group in needs.groups}
    labels |= {need.id: need.label for need in needs.all}
    catalogue = translations(language)

    def say(words: str) -> str:
        return labels[words][language] if words in labels else catalogue.gettext(words)

    return say


def corrects_a_mistake(page: Page, say: Callable[[str], str]) -> None:
    """Send the page as it is; what is wrong has the focus, and leads to the question."""
    reach(page, say("Go on"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.wait_for_load_state()
    stop(page)
    page.keyboard.press("Tab")
    stop(page)
    page.keyboard.press("Enter")
    assert stop(page)["words"] == say("Under 13")


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
    question = page.locator("label[for=group]").inner_text()
    asked = re.search(r"\d", question)
    assert asked is not None
    group = page.locator("bdi").nth(int(asked[0]) - 1).inner_text()
    reach(page, question)
    page.keyboard.type(group)
    page.keyboard.press("Enter")
