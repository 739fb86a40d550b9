"""One tap that a service was bad: counted with noise, and nothing else of it anywhere."""

from collections.abc import Callable

import pytest
from flask import Flask

from matcher.store.client import texts
from matcher.store.keys import MINUTE
from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker
from tests.web.test_limits import HERE
from tests.world import World

BUTTON = "This was bad for me: Example: a line to talk to, day and night"


def kinds(world: World) -> set[str]:
    return {key.partition("}:")[2].rpartition(":")[0] for key in world.key_names()}


def test_one_tap_is_counted_and_leaves_no_row(browser: Browser, world: World) -> None:
    before = kinds(world)

    browser.open("/en/near").press(BUTTON)

    assert browser.response.status_code == 200
    assert "Thank you for telling us" in browser.text
    assert browser.response.request.query_string == b""
    assert kinds(world) - before <= {"stats:open:near", "used", "lim"}


def test_what_is_kept_is_the_same_whoever_taps(browser: Browser, world: World) -> None:
    come_in_as_seeker(browser)
    browser.open("/en/near").press(BUTTON)

    (name,) = [key for key in world.key_names() if ":near:" in key]
    cells = set(texts(world.redis.hgetall(name)))

    assert cells == {
        *(f"bad {one.id}" for one in world.settings.services),
        *(f"card {one.id}" for one in world.settings.partners),
    }
    assert browser.page.links["Back to your page"] == "/en/here"


def test_who_waits_can_tell_it_on_their_own_page(
    somebody: Callable[[], Browser], world: World
) -> None:
    browser = somebody().open("/en/start")
    browser.press("Go on", {"age": "18-plus", "languages": ["en"]})
    browser.press("Go on", {"needs": ["mind/low"]}).press("Go on")
    browser.press(
        "Go on", {"format": "either", "times": "any", "look_in": "daily", "relay": "yes"}
    )
    browser.press("Agree and send", {"matching": "yes"})
    browser.open("/en/here").press(BUTTON)

    assert "Thank you for telling us" in browser.text
    assert [key for key in world.key_names() if ":near:" in key]


@pytest.mark.parametrize("which", ["", "nobody", "example-line\n", "bad example-line"])
def test_no_service_of_ours_counts_nothing(which: str, browser: Browser, world: World) -> None:
    action, values = browser.open("/en/near").prepared(BUTTON)
    sent = {"token": values["token"], "which": which}

    response = browser.client.post(action, data=sent)

    assert response.status_code == 400
    assert not [key for key in world.key_names() if ":near:" in key]


def test_too_many_taps_from_one_address_are_slowed_down(app: Flask, world: World) -> None:
    world.begin(MINUTE)
    browser = Browser(app.test_client()).open("/en/near")
    action, values = browser.prepared(BUTTON)

    seen = [
        browser.client.post(action, data=values, environ_overrides=HERE).status_code
        for _ in range(11)
    ]

    assert world.settings.limits.code == "10 per minute"
    assert seen == [*[200] * 10, 429]
