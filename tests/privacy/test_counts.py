"""What forms leave behind tells of an address for a minute, and of no day but this one."""

import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from redis import Redis

from matcher.settings.model import Settings, length_of
from matcher.store.keys import MINUTE, count_most
from matcher.store.sealing import derive
from matcher.store.vault import DAYS_AHEAD, standing, walked
from tests.web.browsing import Browser
from tests.world import World

ADDRESS = "192.0.2.7"
NAMES = [
    f"LIMITER/from {ADDRESS}/{what}" for what in ("global/120/1/minute", "code/10/1/minute")
]


def send_from(app: Flask, address: str) -> None:
    """Send one form."""
    browser = Browser(app.test_client()).open("/en/back")
    action, values = browser.prepared("Open", {"code": "abc"})
    browser.client.post(action, data=values, environ_overrides={"REMOTE_ADDR": address})


def tried(folder: Path) -> Iterator[bytes]:
    """Try an address as who has the whole vault can: under every key there is in it."""
    found = standing(folder)
    assert found is not None
    for ahead in range(DAYS_AHEAD + 1):
        key = derive(derive(walked(found[1], ahead), "day"), "hash")
        for name in NAMES:
            yield hmac.digest(key, name.encode(), "sha256").hex()[:32].encode()


def test_who_seizes_everything_finds_an_address_in_marks_of_today_and_in_no_older_ones(
    app: Flask, world: World, redis: Redis
) -> None:
    folder = world.settings.folders.vault
    send_from(app, ADDRESS)
    marks = {key.rpartition(b":")[2] for key in redis.scan_iter("*}:lim:*")}

    today = marks.intersection(tried(folder))
    world.backing.vault.move_on(int(world.now().timestamp() // 86_400) + 1)
    tomorrow = marks.intersection(tried(folder))

    assert len(today) == len(NAMES)
    assert tomorrow == set()


def test_no_mark_of_an_address_outlives_the_minute_it_came_in(
    app: Flask, world: World, redis: Redis
) -> None:
    send_from(app, ADDRESS)
    found = list(redis.scan_iter("*}:lim:*"))

    world.begin(MINUTE)
    world.advance(timedelta(seconds=1))  # servers count milliseconds, and moments are floats

    assert len(found) == 1 + len(NAMES)  # and one of newcomers
    assert list(redis.scan_iter("*}:lim:*")) == []


def test_a_token_that_was_used_up_is_not_good_again_after_midnight(world: World) -> None:
    world.begin(timedelta(days=1))
    world.advance(timedelta(days=1) - 5 * MINUTE)
    until, counts = world.now() + 10 * MINUTE, world.services.counts
    assert counts.use_up("a token", until=until)

    world.advance(6 * MINUTE)

    assert not counts.use_up("a token", until=until)
    assert counts.use_up("another token", until=until)


@pytest.mark.parametrize(
    ("rate", "is_longer"), [("5 per second", False), ("5/minute", False), ("5 per hour", True)]
)
def test_what_is_told_of_counts_is_as_long_as_the_longest_of_the_limits(
    settings: Settings, rate: str, *, is_longer: bool
) -> None:
    changed = msgspec.structs.replace(settings.limits, code=rate)

    told = count_most(replace(settings, limits=changed))

    assert told == (length_of(rate) if is_longer else settings.pressure.stays + MINUTE)
