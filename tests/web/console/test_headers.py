"""Every answer of the console carries the headers too, whatever its route and status."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from matcher.bootstrap.console import ConsoleServices, build
from matcher.web.console.app import create_app
from tests.coordinating import Holder, join
from tests.web.browsing import Browser
from tests.web.console.everywhere import go_every_way
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


def knock(app: Flask, cookie: str) -> None:
    """Ask for every route as a stranger and as somebody, in every way but the right one."""
    for route in every_route(app):
        for is_somebody in (False, True):
            client = app.test_client()
            if is_somebody:
                client.set_cookie("desk", cookie)
            client.head(route.path)
            for method in (route.method, "PUT", "OPTIONS", "BREW"):
                client.open(route.path, method=method)
            client.open(route.path, method=route.method, data=TOO_MUCH)
    for path in ("/nothing", "/en/nothing", "/xx/", "/static/none.css", "//", "/en"):
        app.test_client().get(path)


def ask_rightly(app: Flask, cookie: str, tokens: tuple[str, str]) -> None:
    """Send each route what its tokens allow."""
    opened, bound = tokens
    client = app.test_client()
    for route in every_route(app):
        client.set_cookie("desk", cookie)
        is_open = vars(app.view_functions[route.endpoint]).get("takes_open_token")
        sent = {"token": opened if is_open else bound}
        client.open(
            route.path, method=route.method, data=sent if route.method == "POST" else {}
        )


def test_every_route_carries_every_header_in_every_class_of_status(
    console: ConsoleServices, world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watched, broken = Watched(create_app(console)), Watched(create_app(console))
    away = replace(console.settings, store_url=f"unix://{tmp_path}/none.sock")
    lost = Watched(create_app(build(away)))
    go_every_way(watched.app, console, world)
    cookie = join(console, Holder(name="Zoe"))
    browser = Browser(watched.app.test_client())
    browser.client.set_cookie("desk", cookie)
    bound = browser.open("/en/").page.form_with("Sign out").values["token"]
    opened = browser.open("/en/join").page.form_with("Make my account").values["token"]
    knock(watched.app, cookie)
    ask_rightly(lost.app, cookie, (opened, bound))
    let_every_view_fail(broken.app)
    ask_rightly(broken.app, cookie, (opened, bound))

    every = Watched(Flask("all"), [*watched.answers, *lost.answers, *broken.answers])
    classes = every.classes()
    routes = {(route.endpoint, route.method) for route in every_route(watched.app)}
    assert list(faults(every.answers)) == []
    assert {at: classes[at] for at in routes if not is_complete(classes[at])} == {}
    assert {200, 303, 404, 405, 413, 500, 503} <= {answer.status for answer in every.answers}
    assert TYPED not in caplog.text
