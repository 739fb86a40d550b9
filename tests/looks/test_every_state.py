"""Whoever adds a page adds it to what is looked at, and titles tell pages apart."""

import re
from collections import defaultdict
from http import HTTPStatus

from werkzeug.exceptions import HTTPException

from tests.looks.every_state import still_app
from tests.looks.visitor import Shot
from tests.web.routes import every_route

NO_PAGES = {"static", "to_start", "front.leave", "news.show", "find.show"}
"""Files, ways elsewhere, and words for scripts."""


def test_every_page_that_can_be_opened_is_looked_at(shots: list[Shot]) -> None:
    app = still_app()
    adapter = app.url_map.bind("sanad.test")
    seen = set()
    for shot in shots:
        for method in ("GET", "POST"):
            try:
                seen.add(adapter.match(shot.path.partition("?")[0], method=method)[0])
            except HTTPException:
                continue

    pages = {route.endpoint for route in every_route(app) if route.method == "GET"}

    assert pages - NO_PAGES - seen == set()


def test_every_state_is_a_page_in_its_language(shots: list[Shot]) -> None:
    strange = [str(shot) for shot in shots if f'<html lang="{shot.language}"' not in shot.html]

    assert strange == []
    assert len({str(shot) for shot in shots}) == len(shots) > 100


def test_a_state_that_is_wrong_is_answered_as_wrong(shots: list[Shot]) -> None:
    wrong = [shot for shot in shots if shot.name.endswith("-wrong")]

    assert {shot.status for shot in wrong} == {HTTPStatus.UNPROCESSABLE_ENTITY}
    assert {shot.status for shot in shots if "error" in shot.name} >= {401, 403, 404, 405, 503}


def test_a_state_shows_what_its_name_says(shots: list[Shot]) -> None:
    broken = [shot for shot in shots if shot.status >= 500 and "error" not in shot.name]
    warned = [shot for shot in shots if shot.name.endswith("-warned")]

    assert broken == []
    assert warned
    assert [str(shot) for shot in warned if '<ol class="rules">' not in shot.html] == []


HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
OWN = re.compile("/(?:en|ar)/here")


def test_titles_tell_pages_apart_and_say_when_something_is_wrong(shots: list[Shot]) -> None:
    headings = defaultdict(set)
    for shot in shots:
        title, heading = (found.search(shot.html) for found in (TITLE, HEADING))
        assert title, str(shot)
        assert heading, str(shot)
        page = "own" if OWN.fullmatch(shot.path) else heading[1]  # in many states one page
        if shot.status != HTTPStatus.UNAUTHORIZED:
            headings[shot.language, title[1]].add(page)

    assert {title: pages for title, pages in headings.items() if len(pages) > 1} == {}
    right = {TITLE.findall(shot.html)[0] for shot in shots if not shot.name.endswith("-wrong")}
    wrong = {TITLE.findall(shot.html)[0] for shot in shots if shot.name.endswith("-wrong")}
    assert not right & wrong


def test_every_page_has_one_heading_and_the_way_out_before_it(shots: list[Shot]) -> None:
    shown = {str(shot): TEMPLATE.sub("", shot.html) for shot in shots}

    assert {name for name, html in shown.items() if html.count("<h1") != 1} == set()
    late = {name for name, html in shown.items() if html.find(WAY_OUT) > html.find("<h1")}
    assert late == set()
    assert {name for name, html in shown.items() if html.count(WAY_OUT) != 1} == set()


TEMPLATE = re.compile("<template.*?</template>", re.DOTALL)
WAY_OUT = '<a class="leave" href="/'
TYPED = re.compile(
    r'<p class="said".*?</p>|<textarea.*?</textarea>|<bdi(?: class="said")?>.*?</bdi>'
    r'|<(?:li|code) dir="ltr">.*?<',
    re.DOTALL,
)
PARTS = re.compile(
    r"<(?:script|style|template).*?</(?:script|style|template)>|<[^>]*>", re.DOTALL
)
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")


def test_no_english_sentence_stands_on_an_arabic_page(shots: list[Shot]) -> None:
    found = {
        (shot.name, *ENGLISH.findall(PARTS.sub("", TYPED.sub("", shot.html))))
        for shot in shots
        if shot.language == "ar"
    }

    assert {one for one in found if len(one) > 1} == set()
