"""Every answer carries the same headers, whatever its route and status (promise 12).

The matrix comes from the URL map: for each route, people who go every way there is, requests
that are refused, a store that is gone, and a view that fails. A route that nobody's way leads
to fails.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask

from matcher.bootstrap import build
from matcher.settings.model import Settings
from matcher.web.common.headers import HEADERS
from matcher.web.public.app import create_app
from tests.architecture.source import ROOT
from tests.web.browsing import Browser
from tests.web.every_way import go_every_way
from tests.web.people import come_in_as_seeker
from tests.web.routes import (
    TYPED,
    Watched,
    every_route,
    faults,
    is_complete,
    let_every_view_fail,
)
from tests.world import World

TOO_MUCH = b"x" * 70_000
pytestmark = pytest.mark.timeout(1_800)  # every way through every page takes long


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody's cookie and the tokens of their forms."""

    cookie: str
    bound: str
    opened: str


@pytest.fixture
def watched(roomy: Settings, world: World) -> Watched:
    """Yield the public app under a watchful eye; `world` has published its rules."""
    return Watched(create_app(build(replace(roomy, pool=world.settings.pool))))


def visit(app: Flask) -> Visit:
    """Come in as a seeker."""
    browser = Browser(app.test_client())
    come_in_as_seeker(browser)
    bound = browser.page.form_with("Pause").values["token"]
    opened = browser.open("/en/back").page.form_with("Open").values["token"]
    cookie = browser.client.get_cookie("stay")
    return Visit(cookie=cookie.value if cookie else "", bound=bound, opened=opened)


def knock(app: Flask, who: Visit) -> None:
    """Ask for every route as a stranger and as somebody, in every way but the right one."""
    for route in every_route(app):
        for is_somebody in (False, True):
            client = app.test_client()
            if is_somebody:
                client.set_cookie("stay", who.cookie)
            client.head(route.path)
            for method in (route.method, "PUT", "OPTIONS", "BREW"):
                client.open(route.path, method=method)
            client.open(route.path, method=route.method, data=TOO_MUCH)
    for path in ("/nothing", "/en/nothing", "/xx/", "/static/none.css", "//", "/en"):
        app.test_client().get(path)


def ask_rightly(app: Flask, who: Visit) -> None:
    """Send each route what its tokens allow."""
    client = app.test_client()
    for route in every_route(app):
        client.set_cookie("stay", who.cookie)
        is_open = vars(app.view_functions[route.endpoint]).get("takes_open_token")
        sent = {"token": who.opened if is_open else who.bound}
        client.open(
            route.path, method=route.method, data=sent if route.method == "POST" else {}
        )


def test_every_route_carries_every_header_in_every_class_of_status(
    watched: Watched,
    roomy: Settings,
    world: World,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    go_every_way(watched.app, world)
    who = visit(watched.app)
    knock(watched.app, who)
    lost = Watched(create_app(build(replace(roomy, store_url=f"unix://{tmp_path}/none.sock"))))
    ask_rightly(lost.app, who)
    broken = Watched(create_app(build(roomy)))
    let_every_view_fail(broken.app)
    ask_rightly(broken.app, who)

    every = Watched(Flask("all"), [*watched.answers, *lost.answers, *broken.answers])
    classes = every.classes()
    routes = {(route.endpoint, route.method) for route in every_route(watched.app)}
    assert list(faults(every.answers)) == []
    assert {at: classes[at] for at in routes if not is_complete(classes[at])} == {}
    assert {200, 303, 404, 405, 413, 500, 503} <= {answer.status for answer in every.answers}
    assert TYPED not in caplog.text


def test_an_unexpected_error_carries_the_headers_and_tells_nothing(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise ValueError(TYPED)

    app.add_url_rule("/en/fail", view_func=fail)

    response = app.test_client().get("/en/fail")

    assert response.status_code == 500
    assert all(response.headers.get(name) == value for name, value in HEADERS.items())
    assert TYPED not in response.get_data(as_text=True) + caplog.text
    assert "ValueError" in caplog.text


def test_only_our_own_scripts_and_styles_may_run() -> None:
    policy = dict(
        part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";")
    )

    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert set(policy.values()) <= {"'none'", "'self'"}


def test_no_page_sets_any_cookie_but_the_session(browser: Browser) -> None:
    come_in_as_seeker(browser)

    names = {cookie.key for cookie in (browser.client._cookies or {}).values()}  # noqa: SLF001 - the client's jar

    assert names == {"stay"}


def test_the_readme_names_every_header_with_its_value() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    assert [k for k, v in HEADERS.items() if f"| `{k}` | `{v}` |" not in readme] == []


def test_the_readme_names_what_the_ways_out_clear(app: Flask, browser: Browser) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    come_in_as_seeker(browser)
    left = app.test_client().get("/en/leave")

    address, sent = browser.open("/en/here/erase").prepared("Yes, erase everything")
    erased = browser.client.post(address, data=sent)

    for answer in (left, erased):
        assert f"`Clear-Site-Data: {answer.headers['Clear-Site-Data']}`" in readme
    assert left.headers["Clear-Site-Data"] != erased.headers["Clear-Site-Data"]
