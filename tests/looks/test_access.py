"""No page shuts anybody out, as far as a machine can tell, in any state, language and size."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.looks import axe, chromium, measures
from tests.looks.chromium import PHONE, VARIANTS, Screen
from tests.looks.every_state import still_app
from tests.looks.visitor import Shot

pytestmark = pytest.mark.timeout(1_800)

FOUR_TIMES_AS_LARGE = ViewportSize(width=320, height=256)
"""A window of 1280 x 1024 at 400 %."""


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """Open a window in which axe can run."""
    if (path := chromium.found()) is None:
        pytest.skip(chromium.NONE_FOUND)
    with chromium.running(path) as browser:
        yield Screen(browser, still_app(), can_run=True)


@pytest.fixture(scope="module")
def faults(screen: Screen, shots: list[Shot]) -> dict[str, list[str]]:
    """Look at every page once: each is opened, unfolded, and seen in every variant."""
    found: dict[str, list[str]] = {"axe": [], "wider": [], "small": [], "untold": []}
    for shot in shots:
        page = screen.show(shot)
        measures.unfold(page)
        axe.arm(page)
        found["untold"] += [f"{shot}: {fault}" for fault in measures.untold(page)]
        for variant in VARIANTS:
            screen.vary(variant)
            rules = axe.ALL if variant is VARIANTS[0] else axe.SEEN
            found["axe"] += [f"{shot} {variant.name}: {v}" for v in axe.violations(page, rules)]
        for size in (PHONE, FOUR_TIMES_AS_LARGE):
            page.set_viewport_size(size)
            found["wider"] += [f"{shot}: {html}" for html in measures.wider(page)]
            found["small"] += [f"{shot}: {html}" for html in measures.small(page)]
    return found


def test_axe_finds_nothing_on_any_page_in_any_variant(faults: dict[str, list[str]]) -> None:
    assert faults["axe"] == []


def test_nothing_scrolls_sideways_at_four_times_the_size(faults: dict[str, list[str]]) -> None:
    assert faults["wider"] == []


def test_buttons_are_44_pixels_and_everything_else_24(faults: dict[str, list[str]]) -> None:
    assert faults["small"] == []


def test_every_question_has_its_label_and_every_hint_and_error_its_question(
    faults: dict[str, list[str]],
) -> None:
    assert faults["untold"] == []


def test_axe_would_find_something(screen: Screen, shots: list[Shot]) -> None:
    screen.vary(VARIANTS[0])
    page = screen.show(shots[0])
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    axe.arm(page)

    every, seen = (list(axe.violations(page, rules)) for rules in (axe.ALL, axe.SEEN))

    assert {v.split()[0] for v in every} == {"color-contrast", "label"}
    assert [v.split()[0] for v in seen] == ["color-contrast"]


SPOILED = {
    "wider": "main.insertAdjacentHTML('beforeend', '<img width=999>')",
    "small": "main.insertAdjacentHTML('beforeend', '<div><a href=#content>x</a></div>')",
    "untold": "main.querySelector('.hint[id]').id = 'moved'",
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_page_would_be_seen(screen: Screen, shots: list[Shot], name: str) -> None:
    page = screen.show(next(shot for shot in shots if shot.name == "back-wrong"))
    measure = getattr(measures, name)
    assert measure(page) == []

    page.evaluate(f"main => {{ {SPOILED[name]} }}", page.query_selector("main"))

    assert measure(page) != []


def test_an_error_summary_takes_the_focus_without_scripts(
    screen: Screen, shots: list[Shot]
) -> None:
    wrong = [shot for shot in shots if shot.name.endswith("-wrong")]

    assert len(wrong) > 15
    for shot in wrong:
        expect(screen.show(shot).get_by_role("alert")).to_be_focused()
