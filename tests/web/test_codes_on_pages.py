"""The code: shown once, asked back, and alike in every way it can be wrong."""

import pytest
from flask import Flask
from redis import Redis

from matcher.domain import codes
from tests.web.browsing import Browser
from tests.web.people import (
    ABOUT,
    HOW,
    MATTERS,
    NEEDS,
    asked_group,
    come_in_as_seeker,
    note_code,
    shown_code,
    to_the_check_page,
    who,
)
from tests.world import World


def arrive(browser: Browser) -> None:
    """Come as far as the page that shows the code."""
    to_the_check_page(browser)
    browser.press("Agree and send", {"matching": "yes"})


def test_a_wrong_group_shows_the_code_again(browser: Browser) -> None:
    arrive(browser)
    code = shown_code(browser)

    browser.press("Go on", {"group": "zzzz"})

    assert browser.response.status_code == 422
    assert shown_code(browser) == code
    assert browser.text.count(f"This is not group {asked_group(browser) + 1}.") == 2
    assert browser.page.form_with("Go on").values["group"] == "zzzz"


@pytest.mark.parametrize("spelling", [("01V", "Olu"), ("0123456789", "٠١٢٣٤٥٦٧٨٩")])
def test_a_group_may_be_typed_with_capitals_look_alikes_and_any_digits(
    browser: Browser, spelling: tuple[str, str]
) -> None:
    arrive(browser)
    group = codes.groups(shown_code(browser))[asked_group(browser)]

    typed = group.translate(str.maketrans(*spelling)).lower()
    browser.press("Go on", {"group": f" {typed}- "})

    assert "You are waiting" in browser.text


def test_a_kept_code_is_never_shown_again(browser: Browser) -> None:
    to_the_check_page(browser)
    action, values = browser.prepared("Agree and send", {"matching": "yes"})
    browser.press("Agree and send", {"matching": "yes"})
    note_code(browser)

    again = browser.client.post(action, data=values)

    assert again.status_code == 410
    assert "already sent" in again.get_data(as_text=True)


@pytest.mark.parametrize(
    "button", ["Go on", "Show the picture", "Show it as words", "Go on without a code"]
)
def test_the_code_page_sent_again_leads_on_and_shows_no_code(
    browser: Browser, button: str
) -> None:
    arrive(browser)
    action, values = browser.prepared(button)
    note_code(browser)

    again = browser.client.post(action, data={**values, "group": "zzzz"})

    assert again.status_code == 303
    assert again.headers["Location"] == "/en/here"
    assert "You keep no code" not in browser.open("/en/here").text


@pytest.mark.parametrize(
    "button", ["Go on", "Show the picture", "Show it as words", "Go on without a code"]
)
@pytest.mark.parametrize("is_kept", [True, False])
def test_nobody_else_gets_anywhere_with_a_code_page(
    app: Flask, browser: Browser, world: World, button: str, *, is_kept: bool
) -> None:
    arrive(browser)
    code = shown_code(browser)
    action, values = browser.prepared(button)
    if is_kept:
        note_code(browser)
    other, stranger = Browser(app.test_client()), Browser(app.test_client())
    come_in_as_seeker(other)

    answers = [one.client.post(action, data=values) for one in (other, stranger)]

    assert [answer.status_code for answer in answers] == [410, 401]
    assert not [
        answer for answer in answers if code[:4].upper() in answer.get_data(as_text=True)
    ]
    assert who(other, world).visitor.code_key is not None


def test_the_code_page_shows_nothing_once_its_person_is_erased(browser: Browser) -> None:
    arrive(browser)
    action, values = browser.prepared("Go on")
    browser.open("/en/here/erase").press("Yes, erase everything")

    again = browser.client.post(action, data=values)

    assert again.status_code == 401


@pytest.mark.parametrize("button", ["Go on", "Back"])
def test_pages_that_led_in_show_no_answer_again(browser: Browser, button: str) -> None:
    browser.open("/en/start").press("Go on", ABOUT).press("Go on", NEEDS)
    action, values = browser.prepared(button)
    browser.press("Go on", MATTERS).press("Go on", HOW)
    browser.press("Agree and send", {"matching": "yes"})
    note_code(browser)

    again = browser.client.post(action, data=values)

    assert again.status_code == 410
    assert "already sent" in again.get_data(as_text=True)


def test_the_last_page_sent_twice_is_one_person_with_one_code(
    browser: Browser, world: World
) -> None:
    to_the_check_page(browser)
    action, values = browser.prepared("Agree and send", {"matching": "yes"})
    browser.press("Agree and send", {"matching": "yes"})
    code = shown_code(browser)
    people = len([key for key in world.key_names() if ":h:" in key])

    browser._arrive(browser.client.post(action, data=values))  # noqa: SLF001 - a second click

    assert shown_code(browser) == code
    assert len([key for key in world.key_names() if ":h:" in key]) == people == 1


def test_who_keeps_no_code_comes_back_with_this_browser_alone(
    browser: Browser, world: World
) -> None:
    arrive(browser)
    code = shown_code(browser)

    browser.press("Go on without a code")
    cookie = browser.client.get_cookie("stay")

    assert "You keep no code" in browser.text
    assert cookie is not None
    assert cookie.max_age is not None
    assert who(browser, world).visitor.code_key is None
    browser.open("/en/back").press("Open", {"code": code})
    assert "No place opens with this code" in browser.text


def test_a_person_comes_back_with_their_code_from_another_device(
    app: Flask, browser: Browser
) -> None:
    code = come_in_as_seeker(browser)
    elsewhere = Browser(app.test_client())

    elsewhere.open("/en/back").press("Open", {"code": "-".join(codes.groups(code))})

    assert "You are waiting for someone" in elsewhere.text


UNKNOWN = [codes.from_bits(bits) for bits in (0, 1, 12345678901234567890)]


@pytest.mark.parametrize("code", UNKNOWN)
def test_unknown_codes_look_the_same(browser: Browser, code: str) -> None:
    browser.open("/en/back").press("Open", {"code": code})

    assert browser.response.status_code == 422
    assert "No place opens with this code" in browser.text
    assert browser.page.forms[0].values["code"] == code


def test_expired_and_erased_codes_look_like_unknown_ones(app: Flask, world: World) -> None:
    expired, erased = Browser(app.test_client()), Browser(app.test_client())
    codes_gone = [come_in_as_seeker(expired), come_in_as_seeker(erased)]
    erased.open("/en/here/erase").press("Yes, erase everything")
    world.advance(world.settings.lifetimes.place * 2)

    texts = set()
    for code in [*codes_gone, UNKNOWN[0]]:
        browser = Browser(app.test_client()).open("/en/back").press("Open", {"code": code})
        texts.add((browser.response.status_code, browser.text.replace(code, "")))

    assert len(texts) == 1


MISTYPED = {
    "abc": "28 letters and digits, and these are 3.",
    "x" * 5000: "28 letters and digits, and these are 5000.",
    "ABCD-EFGH-JKMN-PQRS-TVWX-YZ12-345": "28 letters and digits, and these are 27.",
    "🐢" * 28: "mistyped",
    "é" * 28: "mistyped",
    "": "Please type your return code.",
    "   ": "Please type your return code.",
    "\u0000": "Please type your return code.",
}


@pytest.mark.parametrize(("typed", "expected"), MISTYPED.items(), ids=ascii)
def test_a_mistyped_code_is_told(browser: Browser, typed: str, expected: str) -> None:
    browser.open("/en/back").press("Open", {"code": typed})

    assert browser.response.status_code == 422
    assert expected in browser.text
    assert b"\0" not in browser.response.data


def test_who_has_lost_the_way_is_told_what_may_help(browser: Browser) -> None:
    browser.open("/en/back").press("Open", {"code": UNKNOWN[0]})
    unknown = browser.text
    signed_out = browser.open("/en/here").text

    for text in (unknown, signed_out):
        assert "“Check for news” there may lead back to it." in text
        assert "ask for a new invitation" in text
        assert "Your browser has to accept cookies here." in text


def test_a_slip_is_told_without_a_look_for_anybody(browser: Browser, redis: Redis) -> None:
    code = codes.from_bits(3**80)
    slip = code[1] + code[0] + code[2:]
    looked_for_somebody = {}

    for typed in (slip, code):
        browser.open("/en/back")
        redis.config_resetstat()
        browser.press("Open", {"code": typed})
        looked_for_somebody[typed] = "cmdstat_hgetall" in redis.info("commandstats")

    assert looked_for_somebody == {slip: False, code: True}
