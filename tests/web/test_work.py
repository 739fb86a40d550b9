"""When many newcomers come at once, each form costs a little work or a short wait."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from flask import Flask
from redis import Redis

from matcher.bootstrap import build
from matcher.domain import work
from matcher.settings.model import Settings
from matcher.web.public.app import create_app
from tests import lifetimes
from tests.web.browsing import Browser, Given
from tests.web.people import (
    ABOUT,
    HOW,
    MATTERS,
    NEEDS,
    come_in_as_seeker,
    note_code,
    to_the_check_page,
)
from tests.world import World

BITS = 8
WAIT = timedelta(seconds=8)
CODE: Given = {"code": "abc"}


@pytest.fixture
def app_with(settings: Settings, world: World) -> Callable[..., Flask]:
    """Yield what makes an app under pressure; a whole minute lies ahead."""
    world.begin(timedelta(minutes=1))

    def make(**table: Any) -> Flask:  # noqa: ANN401 - the settings' own types
        given = {"forms": 1, "bits": BITS, **table}
        pressure = msgspec.structs.replace(world.settings.pressure, **given)
        services = build(replace(settings, pressure=pressure))
        services.clock.now()  # as a process has that is at work
        return create_app(services)

    return make


@pytest.fixture
def pressed(app_with: Callable[..., Flask]) -> Flask:
    """Yield an app to which so many newcomers come that work is asked."""
    return app_with()


@pytest.fixture
def hasty(pressed: Flask) -> Browser:
    """Yield somebody who sends a form at once."""
    return Browser(pressed.test_client()).open("/en/back")


def done(browser: Browser, button: str = "Go on") -> str:
    """Do the work for the form that has this button."""
    token = browser.page.form_with(button).values["token"]
    return work.do(token, bits=BITS)


def test_without_pressure_nothing_is_asked(app: Flask) -> None:
    browser = Browser(app.test_client()).open("/en/back")

    assert browser.press("Open", CODE).response.status_code == 422


def test_who_is_too_quick_reads_why_and_for_how_long(hasty: Browser) -> None:
    hasty.press("Open", CODE)

    assert hasty.response.status_code == 429
    assert "Very many pages are being sent here just now" in hasty.text
    assert 0 < int(hasty.response.headers["Retry-After"]) <= WAIT.total_seconds()
    assert f"Please wait {hasty.response.headers['Retry-After']} second" in hasty.text


def test_after_the_wait_the_button_goes_on_with_everything_that_was_sent(
    pressed: Flask, world: World
) -> None:
    browser = Browser(pressed.test_client()).open("/en/start")
    browser.press("Go on", {**ABOUT, "languages": ["en", "ar"]})
    world.advance(WAIT)

    browser.press("Go on")

    assert "Step 2 of" in browser.text
    world.advance(WAIT)  # this page was made anew, and so has waited for nothing
    about = browser.press("Back").page.forms[0].values
    assert about.getlist("languages") == ["en", "ar"]
    assert about["band"] == ABOUT["band"]


def test_pressing_early_makes_nobody_wait_anew(hasty: Browser, world: World) -> None:
    token = _token(hasty)
    hasty.press("Open", CODE)
    world.advance(WAIT / 2)
    early = hasty.press("Go on").response
    kept = _token(hasty)
    world.advance(WAIT / 2)

    late = hasty.press("Go on").response

    assert early.status_code == 429
    assert int(early.headers["Retry-After"]) <= WAIT.total_seconds() / 2
    assert kept == token  # it is as old as the page that was first sent
    assert late.status_code == 422


def test_a_page_that_was_open_for_long_enough_has_waited_already(
    hasty: Browser, world: World
) -> None:
    world.advance(WAIT)

    assert hasty.press("Open", CODE).response.status_code == 422


def test_the_work_lets_a_form_pass_at_once(hasty: Browser) -> None:
    hasty.press("Open", CODE)

    hasty.press("Go on", {"work": done(hasty)})

    assert hasty.response.status_code == 422
    assert "abc" in hasty.page.form_with("Open").values["code"]


@pytest.mark.parametrize("answer", ["", "a number", "x", "-1", "1e3", "٣", "9" * 17])
def test_work_that_is_none_lets_nothing_pass(hasty: Browser, answer: str) -> None:
    token = hasty.page.form_with("Open").values["token"]
    number = next(one for one in "0123456789" if not work.is_done(token, one, bits=BITS))
    answer = answer.replace("a number", number)  # one in 256 is the work
    hasty.press("Open", CODE).press("Go on", {"work": answer})

    assert hasty.response.status_code == 429


def test_work_for_one_form_lets_no_other_pass(pressed: Flask, hasty: Browser) -> None:
    other = Browser(pressed.test_client()).open("/en/back").press("Open", CODE)
    hasty.press("Open", CODE)
    answer = next(
        a for n in range(10**6) if _is_only_for(a := str(n), _token(hasty), _token(other))
    )

    foreign = other.press("Go on", {"work": answer}).response.status_code
    own = hasty.press("Go on", {"work": answer}).response.status_code

    assert (foreign, own) == (429, 422)


def _token(browser: Browser) -> str:
    return browser.page.forms[0].values["token"]


def _is_only_for(answer: str, token: str, other: str) -> bool:
    is_done = work.is_done(token, answer, bits=BITS)
    return is_done and not work.is_done(other, answer, bits=BITS)


def test_a_token_of_ones_own_making_is_refused(hasty: Browser) -> None:
    hasty.press("Open", CODE)
    token = "0.0123456789abcdef." + "0" * 32

    hasty.press("Go on", {"token": token, "work": work.do(token, bits=BITS)})

    assert hasty.response.status_code == 403


def test_work_and_waiting_count_once(hasty: Browser, world: World) -> None:
    hasty.press("Open", CODE)
    action, values = hasty.prepared("Go on", {"work": done(hasty)})
    first = hasty.client.post(action, data=values)
    world.advance(WAIT)

    again = hasty.client.post(action, data=values)

    assert first.status_code == 422
    assert again.status_code == 429
    assert values["token"] not in again.get_data(as_text=True)  # a new one, to wait with
    assert 'value="abc"' in again.get_data(as_text=True)


def test_work_and_waiting_end(hasty: Browser, world: World) -> None:
    hasty.press("Open", CODE)
    action, values = hasty.prepared("Go on", {"work": done(hasty)})
    world.advance(world.settings.pressure.lasts + timedelta(seconds=2))

    late = hasty.client.post(action, data=values)

    assert late.status_code == 429
    assert values["token"] not in late.get_data(as_text=True)


def test_those_who_wait_never_crowd_out_those_who_work(
    app_with: Callable[..., Flask], world: World
) -> None:
    app = app_with(waited=2)
    crowd = [Browser(app.test_client()).open("/en/back") for _ in range(4)]
    world.advance(WAIT)

    waited = [browser.press("Open", CODE).response.status_code for browser in crowd]
    worked = crowd[3].press("Go on", {"work": done(crowd[3])}).response.status_code

    assert waited == [422, 422, 429, 429]
    assert worked == 422


def test_a_walk_at_a_persons_pace_meets_no_page_that_asks_them_to_wait(
    pressed: Flask, world: World
) -> None:
    browser = Browser(pressed.test_client()).open("/en/start")
    for answers in (ABOUT, NEEDS, MATTERS, HOW):
        world.advance(WAIT)
        browser.press("Go on", answers)
    world.advance(WAIT)

    browser.press("Agree and send", {"matching": "yes"})
    world.advance(WAIT)
    note_code(browser)

    assert "You are waiting for someone" in browser.text


def test_who_is_signed_in_is_asked_for_nothing(app: Flask, pressed: Flask) -> None:
    person = Browser(app.test_client())
    come_in_as_seeker(person)
    Browser(pressed.test_client()).open("/en/back").press("Open", CODE)
    inside = Browser(pressed.test_client())
    cookie = person.client.get_cookie("stay")
    inside.client.set_cookie("stay", cookie.value if cookie else "")

    inside.open("/en/here").press("Pause")

    assert "You are paused" in inside.text


def test_pressure_stays_a_while_and_then_goes(settings: Settings, world: World) -> None:
    table = msgspec.structs.replace(settings.pressure, forms=3)
    pressure = build(replace(settings, pressure=table)).pressure

    rising = [pressure.is_on() for _ in range(4)]
    world.advance(timedelta(minutes=2))
    staying = pressure.is_on()
    world.advance(settings.pressure.stays)

    assert rising == [False, False, True, True]
    assert staying
    assert not pressure.is_on()


def test_a_store_that_fills_up_asks_for_work_too(app_with: Callable[..., Flask]) -> None:
    app = app_with(forms=1_000_000, fill=1e-9, closes=1.0)
    browser = Browser(app.test_client()).open("/en/back")

    assert browser.press("Open", CODE).response.status_code == 429


def test_the_page_that_asks_is_never_filled_in_by_another_site(hasty: Browser) -> None:
    action, values = hasty.prepared("Open", {"code": "what others wrote"})

    answer = hasty.client.post(action, data=values, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert "what others wrote" not in answer.get_data(as_text=True)


def test_marks_of_used_forms_end(hasty: Browser, world: World, redis: Redis) -> None:
    world.advance(WAIT)
    hasty.press("Open", CODE)

    used = list(redis.scan_iter("*}:used:*"))

    assert len(used) == 1
    lifetimes.check_store(redis, world.settings)


@pytest.mark.parametrize("is_closed", [True, False])
def test_nobody_new_comes_in_from_a_share_of_the_memory_on(
    app: Flask, app_with: Callable[..., Flask], *, is_closed: bool
) -> None:
    other = app_with(closes=1e-9 if is_closed else 1.0, forms=1_000_000)
    browser = Browser(app.test_client())
    to_the_check_page(browser)
    action, values = browser.prepared("Agree and send", {"matching": "yes"})

    answer = other.test_client().post(action, data=values)
    first_page = other.test_client().get("/en/start").status_code

    assert answer.status_code == first_page == (503 if is_closed else 200)
    if is_closed:
        again = Browser(app.test_client())
        again._arrive(answer)  # noqa: SLF001 - the same step as `press`
        assert "no room for anybody new" in again.text
        assert answer.headers["Retry-After"] == "30"
        again.press("Try again")
        assert "Your return code" in again.text
