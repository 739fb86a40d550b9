"""An open page asks by itself whether anything is new; its title says so only on a wish."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from redis import Redis

from tests.journeys.steps import be_away, come_back
from tests.machine import Up
from tests.world import Person, World

NEWS = "Something is new on this page."
TITLE = "Your page"
COUNT_CHANGES = """
() => {
  window.changes = 0;
  const seen = new MutationObserver((records) => { window.changes += records.length; });
  const all = { attributes: true, characterData: true, childList: true, subtree: true };
  seen.observe(document.querySelector("#news"), all);
}
"""


@pytest.fixture
def world(up: Up) -> Iterator[World]:
    with Redis.from_url(up.settings.store_url) as redis:
        yield World(up.settings, redis)


@pytest.fixture
def seeker(world: World) -> Person:
    return world.seeker()


@pytest.fixture
def page(scripted: BrowserContext, seeker: Person) -> Page:
    """Open a seeker's own page; the test holds the hands of its clock."""
    page = scripted.new_page()
    page.clock.install()
    come_back(page, seeker.code)
    expect(page).to_have_title(TITLE)
    page.wait_for_load_state()  # its scripts as well
    return page


def a_minute_later(page: Page) -> None:
    """Use the page, let it ask once or twice, and wait for its last answer."""
    page.keyboard.press("Shift")
    with page.expect_response("**/news") as answer:
        page.clock.run_for(60_000)
    answer.value.finished()


def test_news_is_said_on_the_page_and_in_the_title_only_on_a_wish(
    page: Page, world: World, seeker: Person
) -> None:
    a_minute_later(page)
    expect(page.get_by_text(NEWS)).to_be_hidden()

    world.services.places.pause(seeker.visitor)
    a_minute_later(page)

    expect(page.get_by_role("status").get_by_text(NEWS)).to_be_visible()
    expect(page).to_have_title(TITLE)
    page.get_by_label("Show a dot").check()
    expect(page).to_have_title(f"\N{BULLET} {TITLE}")


def test_the_wish_stays_with_the_tab_and_the_dot_goes_when_the_page_is_seen(
    page: Page, world: World, seeker: Person
) -> None:
    page.get_by_label("Show a dot").check()
    world.services.places.pause(seeker.visitor)
    a_minute_later(page)
    expect(page).to_have_title(f"\N{BULLET} {TITLE}")

    page.get_by_role("link", name="Show it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("You are paused")
    expect(page).to_have_title(TITLE)
    expect(page.get_by_label("Show a dot")).to_be_checked()


def test_news_is_told_once_and_moves_neither_the_focus_nor_the_page(
    page: Page, world: World, seeker: Person
) -> None:
    page.evaluate(COUNT_CHANGES)
    page.get_by_role("button", name="Pause").focus()
    before = page.evaluate("scrollY")

    world.services.places.pause(seeker.visitor)
    for _ in range(3):
        a_minute_later(page)

    expect(page.get_by_role("status").get_by_text(NEWS)).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    assert page.evaluate("scrollY") == before
    assert page.evaluate("changes") == 1


def test_the_dot_comes_to_a_covered_page_too_and_tells_nothing_else(
    page: Page, world: World, seeker: Person
) -> None:
    page.get_by_label("Show a dot").check()
    be_away(page)
    expect(page).to_have_title("Welcome")

    world.services.places.pause(seeker.visitor)
    with page.expect_response("**/news") as answer:
        page.clock.run_for(60_000)
    answer.value.finished()

    expect(page).to_have_title("\N{BULLET} Welcome")


def test_a_lost_connection_is_no_news_and_it_asks_again(
    page: Page, world: World, seeker: Person, scripted: BrowserContext
) -> None:
    scripted.set_offline(offline=True)
    with page.expect_event("requestfailed"):
        page.clock.run_for(60_000)
    expect(page.get_by_text(NEWS)).to_be_hidden()

    scripted.set_offline(offline=False)
    world.services.places.pause(seeker.visitor)
    a_minute_later(page)

    expect(page.get_by_text(NEWS)).to_be_visible()


def test_without_scripts_a_button_asks_and_nothing_else_is_shown(
    phone: BrowserContext, seeker: Person
) -> None:
    page = phone.new_page()
    come_back(page, seeker.code)

    expect(page.get_by_role("button", name="Check for news")).to_be_visible()
    expect(page.get_by_text(NEWS)).to_be_hidden()
    expect(page.get_by_label("Show a dot")).to_be_hidden()
