"""What opens the cover over a page: the first group of a code, or its first word."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect
from redis import Redis

from matcher.web.common.code_words import lists
from tests.journeys.steps import (
    be_away,
    come_back,
    give_group_back,
    other_beginning,
    to_the_code,
)
from tests.machine import Up
from tests.world import Person, World


@pytest.fixture
def seeker(up: Up) -> Iterator[Person]:
    with Redis.from_url(up.settings.store_url) as redis:
        yield World(up.settings, redis).seeker()


def test_the_first_group_of_the_code_that_was_typed_opens_the_cover(
    scripted: BrowserContext, seeker: Person
) -> None:
    page = scripted.new_page()
    page.clock.install()
    come_back(page, seeker.code)
    expect(page).to_have_title("Your page")
    be_away(page)
    field = page.get_by_label("To go on: the first group of your code, or its first word")
    expect(field).to_be_focused()

    field.fill(other_beginning(seeker.code))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("This is not how your code begins.")
    field.fill(f" {seeker.code[:4].upper()} ")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Your page")

    be_away(page)
    field.fill(seeker.code)
    page.keyboard.press("Enter")
    expect(page).to_have_title("Your page")


def test_the_first_word_opens_the_cover_for_who_came_back_with_words(
    scripted: BrowserContext, seeker: Person
) -> None:
    page, said = scripted.new_page(), lists()["en"].spelled(seeker.code)
    page.clock.install()
    come_back(page, " ".join(f"{at}. {word}" for at, word in enumerate(said, 1)))
    expect(page).to_have_title("Your page")

    for typed in (said[0].upper(), seeker.code[:4]):
        be_away(page)
        page.locator("#cover-group").fill(typed)
        page.keyboard.press("Enter")
        expect(page).to_have_title("Your page")


def test_a_new_code_s_first_word_opens_the_cover_once_it_was_shown(
    scripted: BrowserContext,
) -> None:
    page = scripted.new_page()
    code = to_the_code(page)
    page.get_by_role("button", name="Show it as words").click()
    said = page.locator(".words bdi").first.inner_text()
    page.get_by_role("button", name="Show it as letters and digits").click()
    give_group_back(page, code, "Send my answers")
    page.clock.install()
    page.reload()
    be_away(page)

    page.locator("#cover-group").fill(said)
    page.keyboard.press("Enter")

    expect(page).to_have_title("Your page")


@pytest.mark.parametrize(
    ("kept", "typed"),
    [("أرنب", "ارنب"), ("كُرة", "كره"), ("ماء", "ما"), ("مقهى", "مقهي"), ("olive", "OLIV")],
)
def test_a_word_opens_the_cover_however_it_is_written(
    scripted: BrowserContext, kept: str, typed: str
) -> None:
    page = scripted.new_page()
    page.clock.install()
    page.goto("/en/start")
    know = "async (word) => (await import('/static/leave.js')).know('7k2m', word)"
    page.evaluate(know, kept)
    be_away(page)
    expect(page.get_by_role("dialog")).to_be_visible()

    page.locator("#cover-group").fill(typed)
    page.keyboard.press("Enter")

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_tab_keeps_no_more_of_the_code_than_finds_a_slip(scripted: BrowserContext) -> None:
    page = scripted.new_page()
    code = to_the_code(page)
    give_group_back(page, code, "Send my answers")

    kept = page.evaluate("Object.entries({...sessionStorage})")

    assert [name for name, _ in kept] == ["first"]
    assert 0 <= int(kept[0][1]) < 1021
    page.clock.install()
    page.reload()
    be_away(page)
    page.get_by_label("To go on: the first group of your code, or its first word").fill(
        code[:4]
    )
    page.get_by_role("dialog").get_by_role("button", name="Go on").click()
    expect(page).to_have_title("Your page")
