"""The page that says what is kept: all of the store's table, on every footer, and no more."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from matcher.bootstrap import build
from matcher.settings.model import Settings
from matcher.store.keys import KINDS, KeyKind
from matcher.web.common.i18n import at_most
from matcher.web.public.app import create_app
from matcher.web.public.kept.words import GROUPS
from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker
from tests.web.routes import every_route
from tests.world import World

LINK = 'href="/en/kept"'


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_key_has_words_on_the_page(kind: KeyKind) -> None:
    saying = [group for group in GROUPS if kind.name in group.kinds]

    assert len(saying) == 1
    assert saying[0].text


def test_the_page_speaks_of_no_kind_that_is_not_kept() -> None:
    spoken_of = {name for group in GROUPS for name in group.kinds}

    assert spoken_of == {kind.name for kind in KINDS}


@pytest.mark.parametrize(
    ("language", "limit", "too_strong"),
    [
        ("en", "It does not make it impossible.", "nobody can be found in it"),
        ("ar", "ولا يجعله مستحيلًا", "لا يمكن العثور على أحد"),
    ],
)
def test_of_sums_the_page_promises_no_more_than_noise_gives(
    app: Flask, language: str, limit: str, too_strong: str
) -> None:
    page = app.test_client().get(f"/{language}/kept").get_data(as_text=True)

    assert limit in page
    assert too_strong not in page


def test_the_page_tells_the_longest_time_of_each_group(app: Flask, world: World) -> None:
    page = app.test_client().get("/en/kept").get_data(as_text=True)

    with app.test_request_context("/en/kept"):
        for group in GROUPS:
            longest = max(
                kind.longest(world.settings) for kind in KINDS if kind.name in group.kinds
            )
            _, _, after = page.partition(f"<h3>{group.title}</h3>")
            assert (
                f"Gone after {at_most(longest)} at the latest" in after.split("</section>")[0]
            )


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=90, hours=1), "91 days"),
        (timedelta(days=56), "56 days"),
        (timedelta(hours=24), "24 hours"),
        (timedelta(hours=1), "60 minutes"),
        (timedelta(seconds=3), "1 minute"),
    ],
)
def test_a_length_is_rounded_up_and_never_down(
    app: Flask, length: timedelta, words: str
) -> None:
    with app.test_request_context("/en/kept"):
        assert at_most(length) == words


def test_every_page_and_every_error_leads_there(app: Flask, browser: Browser) -> None:
    come_in_as_seeker(browser)
    strangers = app.test_client()
    paths = [route.path for route in every_route(app) if route.method == "GET"]

    clients = (strangers, browser.client)
    seen = [client.get(path, buffered=True) for client in clients for path in paths]
    seen += [strangers.get("/en/nothing"), strangers.post("/en/"), strangers.post("/en/start")]
    pages = [
        page for page in seen if page.mimetype == "text/html" and page.status_code // 100 != 3
    ]

    assert len(pages) > 20
    assert {page.status_code for page in pages} >= {200, 404, 405}
    assert [page.request.path for page in pages if LINK not in page.text] == []


def test_the_page_needs_no_store_and_names_nothing_in_its_title(
    settings: Settings, tmp_path: Path
) -> None:
    alone = create_app(build(replace(settings, store_url=f"unix://{tmp_path}/nobody.sock")))

    page = alone.test_client().get("/en/kept").text

    assert "<title>What we keep</title>" in page
    for limit in ("Whoever runs this site", "your device", "whole network", "taken away"):
        assert limit in page
    assert "could try every address until one fits" in page
