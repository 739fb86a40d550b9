"""No page of the console shuts anybody out, as far as a machine can tell."""

import re
from http import HTTPStatus

import pytest
from playwright.sync_api import expect
from werkzeug.routing import MapAdapter

from matcher.settings.languages import ENGLISH
from tests.looks import axe, measures
from tests.looks.chromium import PHONE, VARIANTS, Screen
from tests.looks.console.ground import still_app
from tests.looks.test_every_state import ENGLISH as SENTENCE, PARTS, TITLE, TYPED
from tests.looks.visitor import Shot
from tests.web.routes import every_route

pytestmark = pytest.mark.timeout(1_800)

NO_PAGES = {
    "static",
    "look.static",
    "to_home",
    "rules.text",
    "services.text",
    "demand.download",
}
"""Files, and ways elsewhere."""

FEW = (VARIANTS[0], VARIANTS[-1])
"""Colours are those of the pages in English; in other languages both once, and both sizes."""

QUOTED = re.compile(
    r'<(\w+)[^>]*(?:lang="en"|dir="auto")[^>]*>.*?</\1>|\u2068.*?\u2069', re.DOTALL
)
"""What somebody wrote in words of their own, and what a card says to who reads English."""


@pytest.fixture(scope="module")
def faults(screen: Screen, desks: list[Shot]) -> dict[str, list[str]]:
    """Look at every page once: each is opened, unfolded, and seen in several variants."""
    found: dict[str, list[str]] = {"axe": [], "wider": [], "small": [], "untold": []}
    for shot in desks:
        page = screen.show(shot)
        measures.unfold(page)
        axe.arm(page)
        found["untold"] += [f"{shot}: {fault}" for fault in measures.untold(page)]
        for variant in VARIANTS if shot.language == ENGLISH else FEW:
            screen.vary(variant)
            rules = axe.ALL if variant is VARIANTS[0] else axe.SEEN
            found["axe"] += [f"{shot} {variant.name}: {v}" for v in axe.violations(page, rules)]
        page.set_viewport_size(PHONE)
        found["wider"] += [f"{shot}: {html}" for html in measures.wider(page)]
        found["small"] += [f"{shot}: {html}" for html in measures.small(page)]
    return found


@pytest.mark.parametrize("measure", ["axe", "wider", "small", "untold"])
def test_nothing_is_found_on_any_page_of_the_console(
    faults: dict[str, list[str]], measure: str
) -> None:
    assert faults[measure] == []


def test_every_page_of_the_console_is_looked_at(desks: list[Shot]) -> None:
    app = still_app()
    adapter = app.url_map.bind("sanad.test")
    found = {shot.path.partition("?")[0] for shot in desks if shot.status == HTTPStatus.OK}
    seen = {adapter.match(path, method="GET")[0] for path in found if _opens(adapter, path)}

    pages = {route.endpoint for route in every_route(app) if route.method == "GET"}

    assert pages - NO_PAGES - seen == set()


def test_an_error_summary_takes_the_focus(screen: Screen, desks: list[Shot]) -> None:
    wrong = [shot for shot in desks if shot.name.endswith("-wrong")]

    assert {shot.status for shot in wrong} == {HTTPStatus.UNPROCESSABLE_ENTITY}
    for shot in wrong:
        expect(screen.show(shot).get_by_role("alert")).to_be_focused()


def test_titles_say_when_something_is_wrong(desks: list[Shot]) -> None:
    right = {TITLE.findall(shot.html)[0] for shot in desks if not shot.name.endswith("-wrong")}
    wrong = {TITLE.findall(shot.html)[0] for shot in desks if shot.name.endswith("-wrong")}

    assert not right & wrong


def words_of(html: str) -> str:
    """Leave what we say: neither what was typed nor the name of a command."""
    return PARTS.sub("", TYPED.sub("", QUOTED.sub("", html))).replace("sanad doctor", "")


def test_no_english_sentence_stands_on_an_arabic_page(desks: list[Shot]) -> None:
    found = {
        (shot.name, *SENTENCE.findall(words_of(shot.html)))
        for shot in desks
        if shot.language == "ar"
    }

    assert {one for one in found if len(one) > 1} == set()


def _opens(adapter: MapAdapter, path: str) -> bool:
    return "GET" in adapter.allowed_methods(path)
