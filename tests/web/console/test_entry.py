"""Signing in to the console, as it is seen in a browser without JavaScript."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.codes import groups
from matcher.domain.coordinator import Rank
from matcher.service.digits import STEP_SECONDS
from tests.coordinating import PASSPHRASE, Holder
from tests.web.browsing import Browser, Given
from tests.world import World

MAKE = "Make my account"


@pytest.fixture
def stranger(app: Flask) -> Browser:
    return Browser(app.test_client())


def fill(browser: Browser, console: ConsoleServices, **changed: str) -> Given:
    """Fill the form for newcomers in, as somebody with a code would."""
    form = browser.page.form_with(MAKE)
    holder = Holder(name="Ana", secret=form.values["secret"])
    given = {
        "code": " ".join(groups(console.coordinators.open_door(Rank.OWNER))),
        "name": "Ana",
        "passphrase": PASSPHRASE,
        "again": PASSPHRASE,
        "digits": holder.digits(console.clock.now()),
    }
    return {**given, **changed}


def sign_in(browser: Browser, holder: Holder, console: ConsoleServices) -> Browser:
    digits = holder.digits(console.clock.now())
    given: Given = {"name": holder.name, "passphrase": holder.passphrase, "digits": digits}
    return browser.open("/en/sign-in").press("Sign in", given)


def test_somebody_with_a_code_becomes_a_coordinator(
    stranger: Browser, console: ConsoleServices
) -> None:
    stranger.open("/en/join")
    stranger.press(MAKE, fill(stranger, console))

    assert "You are signed in as Ana" in stranger.text
    cookie = stranger.client.get_cookie("desk")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Strict")
    assert stranger.client.get_cookie("stay") is None


WRONG = {
    "code": ("XXXX", "28 letters and digits, and these are 4."),
    "name": ("A", "2 to 40 characters, and this has 1."),
    "passphrase": ("too short", "at least 12 characters"),
    "again": ("lanterns over the harbor", "The two passphrases differ"),
    "digits": ("000000x", "Your authenticator shows other digits"),
}


@pytest.mark.parametrize("field", WRONG)
def test_what_is_wrong_is_said_beside_it_and_no_secret_is_sent_back(
    stranger: Browser, console: ConsoleServices, field: str
) -> None:
    value, words = WRONG[field]
    stranger.open("/en/join")
    secret = stranger.page.form_with(MAKE).values["secret"]
    stranger.press(MAKE, fill(stranger, console, **{field: value}))

    form = stranger.page.form_with(MAKE)
    assert stranger.response.status_code == 422
    assert words in stranger.text
    assert form.values["secret"] == secret
    assert PASSPHRASE not in stranger.response.get_data(as_text=True)
    assert form.values["digits"] == ""


def test_a_code_that_was_used_opens_nothing(
    app: Flask, stranger: Browser, console: ConsoleServices, owner: Browser
) -> None:
    stranger.open("/en/join")
    given = fill(stranger, console, name="Ben")
    stranger.press(MAKE, given)
    other = Browser(app.test_client()).open("/en/join")
    again = fill(other, console, name="Cleo", code=str(given["code"]))
    other.press(MAKE, again)

    assert "This code opens nothing" in other.text
    assert "Ana" in owner.text


def test_whoever_is_not_signed_in_is_led_to_the_door(app: Flask) -> None:
    response = app.test_client().get("/ar/")

    assert (response.status_code, response.location) == (303, "/ar/sign-in")


def test_an_unknown_name_and_a_wrong_passphrase_are_answered_with_the_same_bytes(
    app: Flask, owner: Browser, ana: Holder, console: ConsoleServices, world: World
) -> None:
    world.advance(timedelta(seconds=STEP_SECONDS))
    digits = ana.digits(console.clock.now())
    pages = []
    for name, passphrase in ((ana.name, "another passphrase"), ("Who", PASSPHRASE)):
        browser = Browser(app.test_client()).open("/en/sign-in")
        given: Given = {"name": name, "passphrase": passphrase, "digits": digits}
        action, values = browser.prepared("Sign in", given)
        page = browser.client.post(action, data=values)
        pages.append((page.status_code, len(page.data), _without(page.text, name)))

    assert "Ana" in owner.text
    assert pages[0] == pages[1]
    assert pages[0][0] == 422


def _without(page: str, name: str) -> str:
    """Take out what differs in any two pages: the token, what was typed, the filling."""
    lines = page.partition("<!-- ")[0].replace(f'value="{name}"', "").split("\n")
    return "\n".join(line for line in lines if not re.search('name="(token|challenge)"', line))


def test_a_sixth_try_within_a_minute_is_refused_whoever_has_the_name(
    app: Flask, owner: Browser, world: World
) -> None:
    world.begin(timedelta(minutes=1))
    browser = Browser(app.test_client())
    seen = {}
    for name in ("Ana", "Nobody"):
        given: Given = {"name": name, "passphrase": "wrong", "digits": "1"}
        seen[name] = [
            browser.open("/en/sign-in").press("Sign in", given).response.status_code
            for _ in range(6)
        ]

    assert seen["Ana"] == seen["Nobody"] == [422] * 5 + [429]
    assert owner.open("/en/").response.status_code == 200


def test_a_new_login_ends_the_old_one(
    app: Flask, owner: Browser, ana: Holder, console: ConsoleServices, world: World
) -> None:
    world.advance(timedelta(seconds=STEP_SECONDS))
    sign_in(new := Browser(app.test_client()), ana, console)

    assert "You are signed in as Ana" in new.text
    assert owner.client.get("/en/").status_code == 303


def test_signing_out_ends_it(owner: Browser) -> None:
    cookie = owner.client.get_cookie("desk")
    owner.press("Sign out")
    assert owner.client.get_cookie("desk") is None

    owner.client.set_cookie("desk", cookie.value if cookie else "")
    assert owner.client.get("/en/").status_code == 303
