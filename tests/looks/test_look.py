"""The page that shows every part: all of them, in development only."""

import re
from dataclasses import replace

import msgspec

from matcher.bootstrap import build
from matcher.settings.load import load
from matcher.web.public.app import create_app
from tests.architecture.source import ROOT
from tests.looks.every_state import NO_STORE
from tests.looks.visitor import Shot

SHEET = (ROOT / "matcher/web/public/static/site.css").read_text("utf-8")
RULES = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)
CLASS = re.compile(r"\.([a-z][a-z_-]*)")
GIVEN = re.compile(r'class="([^"]*)"')
BEHAVE = {"asks-path", "asks-time", "stage_path", "stage_time"}  # they look like no others
SPEAK = {"theirs", "asks-none"}  # they only say which it is
MOVES = re.compile(r"transition|animation|scroll-behavior|@keyframes")


def test_every_class_of_the_style_sheet_stands_on_the_page(shots: list[Shot]) -> None:
    """Whoever adds a class adds where it is used to look.html."""
    (page,) = (s for s in shots if s.name == "look" and s.language == "ar")

    selectors = "".join(re.findall(r"([^{}]*)\{", RULES))
    named = set(CLASS.findall(selectors))
    given = {name for found in GIVEN.findall(page.html) for name in found.split()}

    assert len(named) > 40
    assert named - given - BEHAVE == set()


def test_every_class_on_any_page_has_a_rule(shots: list[Shot]) -> None:
    named = set(CLASS.findall("".join(re.findall(r"([^{}]*)\{", RULES))))
    given = {
        (name, shot.name)
        for shot in shots
        for found in GIVEN.findall(shot.html)
        for name in found.split()
        if name not in named | BEHAVE | SPEAK
    }

    assert given == set()


def test_nothing_moves() -> None:
    assert MOVES.findall(RULES) == []


def test_the_page_stands_in_development_only() -> None:
    settings = load(NO_STORE)
    site = msgspec.structs.replace(settings.site, shows_examples=False)

    shown, hidden = (
        create_app(build(one)).test_client().get("/en/look").status_code
        for one in (settings, replace(settings, site=site))
    )

    assert (shown, hidden) == (200, 404)
    assert load({**NO_STORE, "SANAD_ENV": "production"}).site.shows_examples is False
