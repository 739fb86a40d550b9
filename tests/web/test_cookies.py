"""The one cookie: how it is guarded, and that each login ends the one before."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker, to_the_check_page

GUARDS = {"HttpOnly", "Path=/", "SameSite=Strict"}


def given_cookie(browser: Browser) -> list[str]:
    """Come in, and return the parts of the cookie that is given."""
    to_the_check_page(browser)
    browser.press("Agree and send", {"matching": "yes"})
    (cookie,) = browser.response.headers.getlist("Set-Cookie")
    return cookie.split("; ")


def test_on_plain_http_of_this_machine_the_cookie_is_guarded(browser: Browser) -> None:
    value, *guards = given_cookie(browser)

    assert value.startswith("stay=")
    assert set(guards) == GUARDS


@pytest.mark.parametrize(("scheme", "host"), [("https", "sanad.test"), ("http", "abc.onion")])
def test_on_https_and_onions_the_cookie_is_bound_to_the_host(
    app: Flask, browser: Browser, scheme: str, host: str
) -> None:
    app.config.update(PREFERRED_URL_SCHEME=scheme, SERVER_NAME=host)

    value, *guards = given_cookie(browser)

    assert value.startswith("__Host-stay=")
    assert set(guards) == GUARDS | {"Secure"}


def test_the_cookie_tells_nothing_of_the_code_and_is_long_enough(browser: Browser) -> None:
    secret = given_cookie(browser)[0].partition("=")[2]

    assert len(secret) == 22  # 128 bits


def test_a_login_on_another_device_ends_the_one_before(
    browser: Browser, somebody: Callable[[], Browser]
) -> None:
    code = come_in_as_seeker(browser)

    elsewhere = somebody().open("/en/back").press("Open", {"code": code})

    assert "You are waiting" in elsewhere.text
    assert browser.open("/en/here").response.status_code == 401


def test_who_signs_in_where_somebody_else_was_ends_that_visit(
    browser: Browser, somebody: Callable[[], Browser]
) -> None:
    code, shared = come_in_as_seeker(somebody()), browser
    come_in_as_seeker(shared)
    earlier = shared.client.get_cookie("stay")

    shared.open("/en/back").press("Open", {"code": code})

    assert earlier is not None
    stale = somebody()
    stale.client.set_cookie("stay", earlier.value)
    assert stale.open("/en/here").response.status_code == 401
    assert shared.open("/en/here").response.status_code == 200
