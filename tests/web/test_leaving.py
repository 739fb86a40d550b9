"""The way out: a plain link, which no other site can take in somebody's place."""

import pytest
from werkzeug.test import TestResponse

from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("what", ["image", "iframe", "script", "empty", "document", ""])
def test_another_site_ends_nobody_s_session(browser: Browser, site: str, what: str) -> None:
    come_in_as_seeker(browser)

    away = leaving(browser, site, what)

    assert (away.status_code, away.headers["Location"]) == (303, "https://www.wikipedia.org/")
    assert "Set-Cookie" not in away.headers
    assert "Clear-Site-Data" not in away.headers
    assert browser.open("/en/here").response.status_code == 200


@pytest.mark.parametrize(
    ("site", "what"),
    [
        ("same-origin", "document"),
        ("same-origin", "empty"),
        ("none", "document"),
        ("", ""),
        ("", "image"),
    ],
)
def test_whoever_leaves_by_themselves_is_signed_out(
    browser: Browser, site: str, what: str
) -> None:
    come_in_as_seeker(browser)

    away = leaving(browser, site, what)

    assert away.headers["Clear-Site-Data"] == '"storage"'
    assert browser.open("/en/here").response.status_code == 401


def leaving(browser: Browser, site: str, what: str) -> TestResponse:
    """Open the way out as a browser does that says who asks for what; '' says nothing."""
    told = {"Sec-Fetch-Site": site, "Sec-Fetch-Dest": what}
    return browser.client.get("/en/leave", headers={k: v for k, v in told.items() if v})


def test_leaving_ends_the_session_and_goes_elsewhere(browser: Browser) -> None:
    come_in_as_seeker(browser)

    away = browser.client.get("/en/leave")

    assert away.status_code == 303
    assert away.headers["Location"] == "https://www.wikipedia.org/"
    assert away.headers["Clear-Site-Data"] == '"storage"'
    assert browser.client.get_cookie("stay") is None
    assert browser.open("/en/here").response.status_code == 401
