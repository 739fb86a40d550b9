"""Whoever asks for more contrast, for colours of their own, or for paper gets it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.looks import axe, chromium, measures
from tests.looks.chromium import Scheme, Screen
from tests.looks.every_state import still_app
from tests.looks.visitor import Shot

SHOWN = """
() => [...document.querySelectorAll("body *")]
  .filter((part) => part.checkVisibility() && part.getBoundingClientRect().width > 1)
  .map((part) => part.localName)
"""
RINGS = """
() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
  .filter((part) => part.checkVisibility())
  .filter((part) => {
    part.focus({ focusVisible: true });
    const style = getComputedStyle(part);
    const isWide = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return !isWide || style.outlineColor === style.backgroundColor;
  })
  .map((part) => part.outerHTML)
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """Open a window in which axe can run."""
    if (path := chromium.found()) is None:
        pytest.skip(chromium.NONE_FOUND)
    with chromium.running(path) as browser:
        yield Screen(browser, still_app(), can_run=True)


@pytest.fixture
def look(screen: Screen, shots: list[Shot]) -> Iterator[Page]:
    """Open the page that shows every part, unfolded."""
    page = screen.show(next(shot for shot in shots if shot.name == "look"))
    measures.unfold(page)
    yield page
    page.emulate_media(media="null", contrast="null", forced_colors="null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_more_contrast_every_word_has_seven_to_one(look: Page, scheme: Scheme) -> None:
    look.emulate_media(color_scheme=scheme, contrast="more")
    axe.arm(look)

    assert list(axe.violations(look, ["color-contrast-enhanced"])) == []


def test_without_the_wish_it_has_less_somewhere(look: Page) -> None:
    look.emulate_media(color_scheme="light")
    axe.arm(look)

    assert list(axe.violations(look, ["color-contrast-enhanced"])) != []


@pytest.mark.parametrize("forced", ["none", "active"])
def test_every_stop_has_its_ring_also_in_forced_colours(look: Page, forced: str) -> None:
    look.emulate_media(forced_colors="active" if forced == "active" else "none")

    assert look.evaluate(RINGS) == []


def test_on_paper_stands_the_code_alone(screen: Screen, shots: list[Shot]) -> None:
    page = screen.show(next(shot for shot in shots if shot.name == "code"))
    page.emulate_media(media="print")

    shown = page.evaluate(SHOWN)
    page.emulate_media(media="null")

    assert shown == ["main", "ol", *["li", "bdi"] * 7]
