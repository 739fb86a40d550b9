"""After the store was lost, an open waiting page leads back to the old place, once."""

import pytest
from redis import Redis

from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker, note_code, to_the_check_page
from tests.world import World


def _lose_the_store(redis: Redis) -> None:
    for key in list(redis.scan_iter(count=1000)):
        redis.delete(key)


def test_checking_for_news_puts_a_waiting_seeker_back_and_the_code_works_again(
    browser: Browser, world: World, redis: Redis
) -> None:
    come_in_as_seeker(browser)
    browser.open("/en/here")
    _lose_the_store(redis)

    browser.press("Check for news")

    assert browser.response.status_code == 200
    assert "You are waiting for someone" in browser.text
    assert len(world.waiting()) == 1


@pytest.mark.parametrize("keeps_code", [True, False])
def test_only_who_keeps_no_code_gets_a_cookie_that_lasts(
    browser: Browser, redis: Redis, *, keeps_code: bool
) -> None:
    to_the_check_page(browser)
    browser.press("Agree and send", {"matching": "yes"})
    if keeps_code:
        note_code(browser)
    else:
        browser.press("Go on without a code")
    browser.open("/en/here")
    _lose_the_store(redis)

    browser.press("Check for news")

    given = "; ".join(r.headers.get("Set-Cookie", "") for r in browser.response.history)
    assert ("Max-Age" in given) is not keeps_code
