"""Few share a mix: told from last week's noised sums alone, the same all week to everybody."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from matcher.domain.counted import NEED, cell
from matcher.domain.needs import NeedId
from matcher.store.tallies import Tallies
from tests.web.browsing import Browser
from tests.web.people import to_the_check_page
from tests.world import World

WEEK = timedelta(days=7)
FEW = "Few people share this mix."
FREQUENT, RARE = NeedId("people/lonely"), NeedId("life/grief")


@pytest.fixture
def sums(world: World) -> None:
    """Leave sums of this week in which one of the needs of `NEEDS` is frequent, one rare."""
    Tallies(world.backing).came.add([], now=world.now())
    (name,) = [key for key in world.key_names() if ":sums:" in key]
    world.redis.hset(name, mapping={cell(NEED, FREQUENT): 400, cell(NEED, RARE): 3})


@pytest.mark.usefixtures("sums")
def test_a_rare_mix_is_told_the_next_week_and_no_longer(browser: Browser, world: World) -> None:
    to_the_check_page(browser)
    assert FEW not in browser.text

    world.advance(WEEK)
    to_the_check_page(browser)
    assert FEW in browser.text
    assert "leave out “Someone died" in browser.text

    world.advance(WEEK)
    to_the_check_page(browser)
    assert FEW not in browser.text


@pytest.mark.usefixtures("sums")
def test_whoever_comes_meanwhile_changes_nothing_of_it(
    somebody: Callable[[], Browser], world: World
) -> None:
    world.advance(WEEK)
    before = somebody()
    to_the_check_page(before)

    for _ in range(30):
        Tallies(world.backing).came.add([cell(NEED, RARE)], now=world.now())
    after = somebody()
    to_the_check_page(after)

    assert FEW in before.text
    assert FEW in after.text


def test_without_sums_nothing_is_told(browser: Browser) -> None:
    to_the_check_page(browser)

    assert FEW not in browser.text
