"""The vault is lost while people are here: each page says so, and nothing half-works."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from redis import Redis
from werkzeug.test import TestResponse

from tests.web.browsing import Browser, Page
from tests.web.people import Two, come_in_as_seeker
from tests.web.states import STATES
from tests.world import World

LOST = "can no longer be opened by anybody. Please start again."
CLAIMS = (
    "You are waiting",
    "You are paused",
    "You are checked in",
    "You are resting",
    "Good to see you",
    "You have someone",
    "Someone would like to talk",
    "Could you be there",
    "You said yes",
    "Your conversation",
    "Check your answers",
)
"""What no page may say to somebody whose answers nobody can open."""

NEEDS_NO_SESSION = {
    "static", "front.show", "card.show", "front.leave", "front.gone", "front.to_start",
    "near.show", "start.show", "join.show", "back.show", "kept.show", "look.show",
}  # fmt: skip


def lose_vault(world: World) -> None:
    """Lose what opens everything; the store lives on."""
    (world.settings.folders.vault / "vault").unlink()


def lose_both(world: World) -> None:
    """Lose everything that is in memory."""
    for file in world.settings.folders.vault.iterdir():
        file.unlink()
    for key in list(world.redis.scan_iter(count=1000)):
        world.redis.delete(key)


def _routes(app: Flask, alias: str) -> Iterator[tuple[str, str]]:
    """Name everything that somebody who is signed in can ask for or send."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in NEEDS_NO_SESSION:
            continue
        given = {name: {"lang": "en", "alias": alias}[name] for name in rule.arguments}
        path = str(app.url_map.bind("localhost").build(rule.endpoint, given))
        yield from (
            (method, path) for method in ("GET", "POST") if method in (rule.methods or ())
        )


def _is_last(route: tuple[str, str]) -> bool:
    return route[1].endswith("/erase") and route[0] == "POST"


def _ask(browser: Browser, method: str, path: str, data: dict[str, str]) -> TestResponse:
    if method == "GET":
        return browser.client.get(path, follow_redirects=True)
    return browser.client.post(path, data=data, follow_redirects=True)


def _open_page(browser: Browser) -> dict[str, str]:
    """Gather what the forms of an open page would send."""
    browser.open("/en/here")
    values: dict[str, str] = {"how": "today", "capacity": "2", "text": "words", "which": ""}
    for form in browser.page.forms:
        values |= form.values.to_dict()
    return values


def _alias(browser: Browser) -> str:
    links = browser.page.links
    return links.get("Open the conversation", "/en/talk/none").rpartition("/")[2]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ["seeker", "peer"])
def test_after_the_vault_is_lost_no_page_claims_anything_and_all_can_be_erased(
    app: Flask, world: World, two: Two, state: Callable[[Two], Two], role: str
) -> None:
    browser = state(two)[role == "peer"]
    values = _open_page(browser)
    routes = sorted(_routes(app, _alias(browser)), key=_is_last)

    lose_vault(world)
    seen = {route: _ask(browser, *route, values) for route in routes[:-1]}

    assert browser.open("/en/here").response.status_code == 410
    assert LOST in browser.text
    assert "Erase what may be left" in browser.page.links
    assert [route for route, found in seen.items() if found.status_code >= 500] == []
    said = {route: Page(found.get_data(as_text=True)).text for route, found in seen.items()}
    assert [(r, c) for r, text in said.items() for c in CLAIMS if c in text] == []
    assert world.waiting() == []
    erased = _ask(browser, *routes[-1], values)
    assert "Everything is erased" in erased.get_data(as_text=True)
    assert not [key for key in world.key_names() if ":h:" in key and _is_of(world, key, role)]


def _is_of(world: World, key: str, role: str) -> bool:
    return bool(world.redis.hget(key, "role") == role.encode())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ["seeker", "peer"])
def test_after_vault_and_store_are_lost_everybody_is_told_to_come_in_again(
    app: Flask, world: World, two: Two, state: Callable[[Two], Two], role: str
) -> None:
    browser = state(two)[role == "peer"]
    values = _open_page(browser)
    routes = sorted(_routes(app, _alias(browser)), key=_is_last)

    lose_both(world)
    seen = {route: _ask(browser, *route, values) for route in routes}

    assert {found.status_code for found in seen.values()} <= {200, 401, 403, 410, 422}
    said = {route: Page(found.get_data(as_text=True)).text for route, found in seen.items()}
    assert [(r, c) for r, text in said.items() for c in CLAIMS if c in text] == []
    assert world.key_names() == set()
    assert browser.open("/en/here").response.status_code == 401
    assert "To the start" in browser.page.links


def test_with_the_vault_lost_a_code_leads_to_the_same_plain_words(
    somebody: Callable[[], Browser], world: World
) -> None:
    code = come_in_as_seeker(somebody())
    lose_vault(world)

    back = somebody().open("/en/back").press("Open", {"code": code})

    assert back.response.status_code == 410
    assert LOST in back.text


def test_with_the_vault_lost_a_ticket_is_void_and_a_new_place_is_found_at_once(
    browser: Browser, world: World, redis: Redis
) -> None:
    come_in_as_seeker(browser)
    browser.open("/en/here")
    lose_vault(world)
    for key in list(redis.scan_iter(count=1000)):
        redis.delete(key)

    browser.press("Check for news")
    assert browser.response.status_code == 401
    come_in_as_seeker(browser)

    assert "You are waiting for someone" in browser.text
    assert len(world.waiting()) == 1
