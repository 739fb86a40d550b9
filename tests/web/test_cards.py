"""A card of a partner: its code opens one group of needs, skips nothing, is kept nowhere."""

import re
from dataclasses import replace

import msgspec
import pytest
from flask import Flask

from matcher.store.client import texts
from matcher.web.public.app import create_app
from tests.web.browsing import Browser
from tests.web.people import ABOUT, HOW, MATTERS, NEEDS, come_in_as_seeker, note_code, who
from tests.world import World

CODE = "K7D-4M2"
OPEN = re.compile(r"<details class=\"group\"[^>]* open>\s*<summary>([^<]*)")


def opened(browser: Browser) -> list[str]:
    """List the groups of needs that are open."""
    return OPEN.findall(browser.response.get_data(as_text=True))


def with_card(browser: Browser, code: str = CODE) -> Browser:
    return browser.open("/en/card").press("Go on", {"code": code})


@pytest.mark.parametrize("typed", [CODE, "k7d4m2", " k7 d4 m2 ", "K7D 4M2"])
def test_a_code_opens_its_group_and_ticks_nothing(typed: str, browser: Browser) -> None:
    browser.open("/en/start").press("Go on", ABOUT)
    without = opened(browser)

    with_card(browser, typed).press("Go on", ABOUT)

    assert opened(browser) == sorted([*without, "Body and sexual health"], key=str.lower)
    assert not browser.page.form_with("Go on").values.getlist("needs")
    assert "What your card is about is open already" in browser.text


def test_nothing_is_skipped_and_nothing_of_a_card_is_kept_with_anybody(
    browser: Browser, app: Flask, world: World
) -> None:
    with_card(browser)
    for answers in (ABOUT, NEEDS, MATTERS, HOW):
        browser.press("Go on", answers)
    note_code(browser.press("Agree and send", {"matching": "yes"}))
    other = Browser(app.test_client())
    come_in_as_seeker(other)

    with_one, without = (
        world.services.places.answers(who(each, world).visitor) for each in (browser, other)
    )

    assert with_one == without


NO_CARD = "No card of ours has this code."
ODD_LENGTH = "The code of a card has 5 to 12 letters and digits, and these are {}."
WRONG = {
    "K7D-4M3": NO_CARD,
    "zzzzz": NO_CARD,
    "é" * 12: NO_CARD,
    "x": ODD_LENGTH.format(1),
    "k7d-4": ODD_LENGTH.format(4),
    "K7D-4M2-K7D-4M2-K": ODD_LENGTH.format(13),
    "'; --": ODD_LENGTH.format(0),
    "0" * 500: ODD_LENGTH.format(500),
}


@pytest.mark.parametrize(("typed", "told"), WRONG.items(), ids=ascii)
def test_every_wrong_code_is_told_how_long_it_is_or_alike_and_given_back(
    typed: str, told: str, browser: Browser
) -> None:
    with_card(browser, typed)

    assert browser.response.status_code == 422
    assert told in browser.text
    assert browser.page.form_with("Go on").values["code"] == typed
    assert browser.page.links["Go on without a code"] == "/en/start"


def test_wrong_codes_are_told_in_the_same_bytes(browser: Browser) -> None:
    def told(typed: str) -> str:
        with_card(browser, typed)
        html = browser.response.get_data(as_text=True).replace(typed, "")
        return re.sub(r'name="token" value="[^"]*"', "", re.sub("<!--.*?-->", "", html))

    assert told("zzzzz") == told("23456") == told("ééééé")


def test_where_no_examples_are_shown_an_example_card_opens_nothing(world: World) -> None:
    site = msgspec.structs.replace(world.settings.site, shows_examples=False)
    app = create_app(replace(world.services, settings=replace(world.settings, site=site)))

    browser = with_card(Browser(app.test_client()))

    assert "No card of ours has this code." in browser.text


def test_no_code_at_all_is_asked_for_kindly(browser: Browser) -> None:
    with_card(browser, "")

    assert browser.response.status_code == 422
    assert "Please type the code of your card." in browser.text


def test_a_card_is_counted_with_noise_and_leaves_no_code(
    browser: Browser, world: World
) -> None:
    with_card(browser, "K7D-4M3")
    wrong = [key for key in world.key_names() if ":near:" in key]

    with_card(browser)

    (name,) = [key for key in world.key_names() if ":near:" in key]
    assert wrong == []
    assert "card example-card" in texts(world.redis.hgetall(name))
    assert browser.response.request.query_string == b""


def test_the_language_is_switched_with_what_was_typed(browser: Browser) -> None:
    browser.open("/en/card").press("العربية", {"code": CODE})

    assert browser.page.form_with("متابعة").values["code"] == CODE
