"""Few share a mix: told from yesterday's noised sums alone, the same all day to everybody."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from matcher.domain.needs import MAX_NEEDS
from matcher.store.statistics import Statistics
from tests.web.browsing import Browser
from tests.web.people import to_the_check_page
from tests.world import World

DAY = timedelta(days=1)
FEW = "Few people share this mix."
FREQUENT, RARE = "people/lonely", "life/grief"


@pytest.fixture
def sums(world: World) -> None:
    """Leave sums of today in which one of the needs of `NEEDS` is frequent, one rare."""
    cells = [need.id for need in world.settings.needs.all]
    Statistics(world.backing, cells, most=MAX_NEEDS).add([], now=world.now())
    (name,) = [key for key in world.key_names() if "stats:sums" in key]
    world.redis.hset(name, mapping={FREQUENT: 400, RARE: 3})


@pytest.mark.usefixtures("sums")
def test_a_rare_mix_is_told_the_next_day_and_no_longer(browser: Browser, world: World) -> None:
    to_the_check_page(browser)
    assert FEW not in browser.text

    world.advance(DAY)
    to_the_check_page(browser)
    assert FEW in browser.text
    assert "leave out “Someone died" in browser.text

    world.advance(DAY)
    to_the_check_page(browser)
    assert FEW not in browser.text


@pytest.mark.usefixtures("sums")
def test_whoever_comes_meanwhile_changes_nothing_of_it(
    somebody: Callable[[], Browser], world: World
) -> None:
    world.advance(DAY)
    before = somebody()
    to_the_check_page(before)

    for _ in range(30):
        cells = [need.id for need in world.settings.needs.all]
        Statistics(world.backing, cells, most=MAX_NEEDS).add([RARE], now=world.now())
    after = somebody()
    to_the_check_page(after)

    assert FEW in before.text
    assert FEW in after.text


def test_without_sums_nothing_is_told(browser: Browser) -> None:
    to_the_check_page(browser)

    assert FEW not in browser.text
