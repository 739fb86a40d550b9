"""A pool closed to newcomers by one person at once; to open it again takes two."""

import pytest
from flask import Flask

from matcher.bootstrap import build
from matcher.bootstrap.console import ConsoleServices
from matcher.domain.coordinator import Rank
from matcher.domain.errors import DamagedError, StoreFullError
from matcher.web.public.app import create_app as create_public_app
from tests.coordinating import PASSPHRASE, Holder
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Arrive
from tests.world import World
from worker.clock import put_up

CLOSE, ASK = "Close it to newcomers now", "Ask to let people in again"
CLOSED = "Nobody new is taken in."
SURE: Given = {"passphrase": PASSPHRASE}


@pytest.fixture
def ben(arrive: Arrive, owner: Browser) -> Browser:
    """Yield the browser of a second coordinator."""
    assert "Ana" in owner.text
    return arrive(Holder(name="Ben"), Rank.COORDINATOR)


@pytest.fixture
def public(world: World) -> Flask:
    """Yield everybody's pages."""
    return create_public_app(build(world.settings))


def close(browser: Browser, world: World) -> Browser:
    browser.open("/en/rules")
    browser.press(CLOSE, SURE if "passphrase" in browser.page.form_with(CLOSE).names else {})
    put_up(world.backing, world.now())
    return browser


def first_page(public: Flask) -> int:
    return public.test_client().get("/en/start").status_code


def test_from_the_clocks_next_beat_on_nobody_new_comes_in_and_who_is_in_goes_on(
    owner: Browser, ben: Browser, world: World, public: Flask
) -> None:
    before, peer = world.seeker(), world.peer()
    assert first_page(public) == 200
    close(owner, world)

    assert first_page(public) == 503
    for comes in (world.seeker, world.peer):
        with pytest.raises(StoreFullError):
            comes()
    assert world.waits(before)
    assert world.room(before, peer)
    for path in ("/en/", "/en/rules"):
        assert CLOSED in ben.open(path).text
    assert "Take nobody new in · done" in ben.open("/en/log").text


def test_to_open_it_again_takes_a_second_person(
    owner: Browser, ben: Browser, world: World, public: Flask
) -> None:
    close(owner, world).press(ASK)
    put_up(world.backing, world.now())
    assert first_page(public) == 503

    ben.open("/en/acts").press("Agree", SURE)
    put_up(world.backing, world.now())

    assert first_page(public) == 200
    assert CLOSED not in owner.open("/en/").text


def test_what_was_asked_before_it_was_closed_opens_it_no_more(
    owner: Browser, ben: Browser, world: World, public: Flask
) -> None:
    close(owner, world).press(ASK)
    owner.open("/en/rules").press(ASK)
    ben.open("/en/acts").press("Agree", SURE)

    close(owner, world)

    assert "Agree" not in ben.open("/en/acts").text
    assert "Let people come in again · withdrawn" in ben.open("/en/log").text
    assert first_page(public) == 503


def test_it_is_closed_while_no_rules_can_be_put_up_too(
    owner: Browser, console: ConsoleServices, world: World, public: Flask
) -> None:
    close(owner, world)
    world.redis.flushall()
    (console.settings.folders.state / "rules-main.json").write_text("{]")
    with pytest.raises(DamagedError):
        put_up(world.backing, world.now())

    assert first_page(public) == 503


def test_what_is_damaged_lets_nobody_in(
    owner: Browser, console: ConsoleServices, world: World, public: Flask
) -> None:
    (console.settings.folders.state / "entrance-main.json").write_text("{]")
    put_up(world.backing, world.now())

    assert first_page(public) == 503
    assert CLOSED in owner.open("/en/").text


def test_without_the_passphrase_nothing_is_closed(
    owner: Browser, console: ConsoleServices
) -> None:
    owner.open("/en/rules").press(CLOSE, {"passphrase": "another passphrase"})

    assert owner.response.status_code == 403
    assert console.doorkeeping.is_open()


def test_nobody_asks_for_a_pool_to_be_opened_that_is_open(
    owner: Browser, ben: Browser, console: ConsoleServices, world: World
) -> None:
    action, sent = close(owner, world).prepared(ASK)
    owner.client.post(action, data=sent)
    ben.open("/en/acts").press("Agree", SURE)
    owner.client.post(action, data=sent)

    assert console.doorkeeping.is_open()
    assert "Let people come in again · asked for" not in ben.open("/en/acts").text
    assert "Agree" not in ben.text
