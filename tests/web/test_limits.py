"""Whoever sends a lot is slowed down, and nothing about their address is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from redis import Redis

from matcher.bootstrap import build
from matcher.settings.model import Settings
from matcher.store.keys import MINUTE
from matcher.web.public.app import create_app
from tests.web.browsing import Browser
from tests.web.deaf import Deaf
from tests.web.people import come_in_as_seeker
from tests.world import World

HERE = {"REMOTE_ADDR": "192.0.2.7"}
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.8"}


@pytest.fixture
def app_with(settings: Settings, world: World) -> Callable[..., Flask]:
    """Yield what makes an app that allows less; a whole minute lies ahead."""
    world.begin(MINUTE)

    def make(**rates: str) -> Flask:
        limits = msgspec.structs.replace(world.settings.limits, **rates)
        return create_app(build(replace(settings, limits=limits)))

    return make


def send(browser: Browser, at: dict[str, str]) -> int:
    """Send a mistyped code from an address."""
    action, values = browser.prepared("Open", {"code": "abc"})
    return browser.client.post(action, data=values, environ_overrides=at).status_code


def at_the_code(app: Flask) -> Browser:
    """Open the page that asks for the code."""
    return Browser(app.test_client()).open("/en/back")


def test_too_many_codes_from_one_address_are_slowed_down(
    app_with: Callable[..., Flask],
) -> None:
    browser = at_the_code(app_with(form="50/minute", code="3/minute"))

    seen = [send(browser, HERE) for _ in range(5)]

    assert seen == [422, 422, 422, 429, 429]
    assert send(browser, ELSEWHERE) == 422


def test_too_many_pages_from_one_address_are_slowed_down(
    app_with: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    browser = at_the_code(app_with(form="2/minute", code="50/minute"))

    seen = [send(browser, HERE) for _ in range(3)]
    reading = browser.client.get("/en/", environ_overrides=HERE).status_code

    assert seen == [422, 422, 429]
    assert reading == 200
    assert HERE["REMOTE_ADDR"] not in caplog.text


def test_all_processes_count_together(app_with: Callable[..., Flask]) -> None:
    one, other = (at_the_code(app_with(form="2/minute")) for _ in range(2))

    seen = [send(browser, HERE) for browser in (one, other, one, other)]

    assert seen == [422, 422, 429, 429]


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::8", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
    ],
)
def test_one_customers_many_addresses_are_one(
    app_with: Callable[..., Flask], one: str, other: str, *, are_one: bool
) -> None:
    browser = at_the_code(app_with(form="1/minute"))
    send(browser, {"REMOTE_ADDR": one})

    second = send(browser, {"REMOTE_ADDR": other})

    assert (second == 429) is are_one


def test_a_count_ends_with_its_minute(app_with: Callable[..., Flask], redis: Redis) -> None:
    browser = at_the_code(app_with(form="1/minute"))
    send(browser, HERE)
    refused = send(browser, HERE)
    counts = list(redis.scan_iter("*}:lim:*"))

    left = [redis.pttl(key) for key in counts]
    redis.delete(*counts)  # as their end would

    assert refused == 429
    assert all(0 < millis <= MINUTE / timedelta(milliseconds=1) for millis in left)
    assert send(browser, HERE) == 422


def test_newcomers_by_loopback_share_one_rate_and_take_nothing_from_who_is_signed_in(
    app_with: Callable[..., Flask],
) -> None:
    app = app_with(loopback="12/minute", person="5/minute")
    person, crowd = Browser(app.test_client()), at_the_code(app)
    come_in_as_seeker(person)

    crowded = [send(crowd, {}) for _ in range(12)]
    answered = [person.press("Pause"), person.press("Look for someone again")]

    assert crowded[-1] == 429
    assert [browser.response.status_code for browser in answered] == [200, 200]
    assert "You are waiting for someone" in person.text


def test_one_signed_in_person_has_a_rate_of_their_own(app_with: Callable[..., Flask]) -> None:
    app = app_with(person="2/minute")
    busy, other = Browser(app.test_client()), Browser(app.test_client())
    come_in_as_seeker(busy)
    come_in_as_seeker(other)
    action, values = busy.prepared("Pause")

    seen = [busy.client.post(action, data=values).status_code for _ in range(3)]

    assert seen == [303, 303, 429]
    assert other.press("Pause").response.status_code == 200


def everything_in(redis: Redis) -> bytes:
    """Read every key and every value of the store."""
    found = b""
    for key in redis.scan_iter():
        kind = redis.type(key)
        value = redis.get(key) if kind == b"string" else redis.dump(key)
        found += key + b"=" + (value or b"") + b"\n"
    return found


def test_a_counts_key_is_a_hash_that_changes_with_the_day(
    app: Flask, world: World, redis: Redis
) -> None:
    browser = at_the_code(app)
    send(browser, HERE)
    today = set(redis.scan_iter("*}:lim:*"))
    redis.delete(*today)
    world.backing.vault.move_on(int(world.now().timestamp() // 86_400) + 1)

    send(browser, HERE)

    tomorrow = set(redis.scan_iter("*}:lim:*"))
    assert len(today) == len(tomorrow) == 3  # newcomers, pages and codes
    assert not today & tomorrow
    assert all(len(key.rpartition(b":")[2]) == 32 for key in today | tomorrow)


def test_no_address_stands_in_the_store(app: Flask, redis: Redis) -> None:
    addresses = (HERE["REMOTE_ADDR"], "2001:db8:1:2::7", "127.0.0.1")
    for address in addresses:
        send(at_the_code(app), {"REMOTE_ADDR": address})

    found = everything_in(redis)

    assert b":lim:" in found
    as_hex = [ip_address(address).packed.hex().encode() for address in addresses]
    forms = [*as_hex, b"192.0.2", b"2001:", b":db8", b"127.0."]  # none is in a hash by chance
    assert not [form for form in forms if form in found]


@pytest.mark.parametrize("path", ["/en/back", "/en/start", "/en/here/pause"])
def test_a_form_that_cannot_be_counted_is_told_so(
    settings: Settings, tmp_path: Path, path: str
) -> None:
    app = create_app(build(replace(settings, store_url=f"unix://{tmp_path}/nobody.sock")))
    browser = at_the_code(app)
    browser.client.set_cookie("stay", "a" * 22)
    _, values = browser.prepared("Open", {"code": "abc"})

    answer = browser.client.post(path, data=values)

    assert answer.status_code == (403 if "pause" in path else 503)
    assert "Traceback" not in answer.get_data(as_text=True)


def test_a_form_waits_once_for_a_store_that_hangs(settings: Settings, deaf: Deaf) -> None:
    browser = at_the_code(create_app(build(replace(settings, store_url=deaf.url))))

    status = send(browser, HERE)

    assert status == 503
    assert deaf.connections() == 1
