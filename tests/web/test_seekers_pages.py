"""A seeker's way through the pages."""

from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker


def test_a_seeker_comes_in_through_four_pages(browser: Browser) -> None:
    come_in_as_seeker(browser)

    assert "You are waiting for someone" in browser.text
    assert browser.response.status_code == 200
