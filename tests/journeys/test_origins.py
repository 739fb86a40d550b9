"""A browser that opens every page asks no other place for anything (promise 12)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_hex
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from redis import Redis

from matcher.bootstrap import build
from matcher.bootstrap.console import build as build_console
from matcher.domain.codes import Code
from matcher.web.public.app import create_app
from tests.coordinating import Holder, join
from tests.machine import Up
from tests.web.console.everywhere import PAGES
from tests.web.routes import every_route
from tests.world import World

STATUS = "Failed to load resource: the server responded with a status of"
LEADS_AWAY = "front.leave"
FILES = {"/en/needs.csv", "/en/rules/text", "/en/services/text"}


@dataclass
class Seen:
    """What a browser asked for, and what it complained about."""

    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        """Keep every complaint but that a page has an error's status."""
        if message.type in {"error", "warning"} and not message.text.startswith(STATUS):
            self.complaints.append(message.text)


@contextmanager
def watched(
    browser: Browser, up: Up, *, has_script: bool
) -> Iterator[tuple[BrowserContext, Seen]]:
    """Open a browser whose every request and complaint is written down."""
    context = browser.new_context(base_url=up.public, java_script_enabled=has_script)
    seen = Seen()
    context.on("request", lambda request: seen.asked.append(request.url))
    context.on("console", seen.note)
    yield context, seen
    context.close()


def paths(up: Up) -> list[str]:
    """Name every page there is, but the way out and what is somebody's own."""
    app = create_app(build(up.settings))
    routes = [route for route in every_route(app) if route.method == "GET"]
    return [r.path for r in routes if r.endpoint != LEADS_AWAY and "abcd" not in r.path]


def signs_in(page: Page, code: Code) -> None:
    """Come back with a code."""
    page.goto("/en/back")
    page.get_by_label("code").fill(code)
    page.get_by_role("button", name="Open").click()
    page.wait_for_url("**/en/here")


def talks(page: Page) -> list[str]:
    """Name the pages of somebody's conversation."""
    link = page.get_by_role("link", name="Open the conversation").get_attribute("href") or ""
    room = link.partition("#")[0]
    return [room, f"{room}/end"]


def visits_of_a_coordinator(context: BrowserContext, up: Up) -> list[str]:
    """Sign in to the console, and name its pages; what is a file to take home is none."""
    console = up.console.rstrip("/")
    services = build_console(up.settings)
    secret = join(services, Holder(name=f"Ana {token_hex(4)}"))
    context.add_cookies([{"name": "desk", "value": secret, "url": console}])
    pages = [path for path in PAGES if path not in FILES]
    return [f"{console}{path}" for path in ("/en/", "/ar/", *pages)]


@pytest.mark.parametrize("has_script", [True, False], ids=["with scripts", "without scripts"])
def test_every_page_asks_its_own_origin_alone_and_breaks_no_policy(
    browser: Browser, up: Up, *, has_script: bool
) -> None:
    every = paths(up)
    with Redis.from_url(up.settings.store_url) as redis:
        world = World(up.settings, redis)
        seeker, peer = world.seeker(), world.peer()
        world.room(seeker, peer)
    with watched(browser, up, has_script=has_script) as (context, seen):
        page = context.new_page()
        for path in every:
            page.goto(path)
        for person in (seeker, peer):
            context.clear_cookies()
            signs_in(page, person.code)
            for path in [*talks(page), *every]:
                page.goto(path)
        for path in visits_of_a_coordinator(context, up):
            page.goto(path)
            assert page.url == path  # and not where strangers are led

    asked = {urlsplit(url) for url in seen.asked}
    ours = {urlsplit(url).netloc for url in (up.public, up.console)}
    assert {parts.netloc for parts in asked} == ours
    assert set(every) <= {parts.path for parts in asked}
    assert seen.complaints == []


def test_a_request_elsewhere_would_be_seen(browser: Browser, up: Up) -> None:
    with watched(browser, up, has_script=True) as (context, seen):
        page = context.new_page()
        page.goto("/en/")
        page.evaluate("document.body.append(Object.assign(new Image, {src: 'http://a.test/'}))")
        page.evaluate("fetch('http://b.test/').catch(() => 0)")
        page.evaluate("document.body.setAttribute('style', 'color: red')")

    assert [text for text in seen.complaints if "a.test" in text]
    assert [text for text in seen.complaints if "b.test" in text]
    assert [text for text in seen.complaints if "inline style" in text]


@pytest.mark.parametrize(
    "part",
    ["<img src='http://a.test/x.png'>", "<link rel=stylesheet href='http://a.test/x.css'>"],
)
def test_a_page_without_a_policy_that_asks_elsewhere_would_be_seen(
    browser: Browser, up: Up, part: str
) -> None:
    with watched(browser, up, has_script=False) as (context, seen):
        context.route(
            "**/en/", lambda route: route.fulfill(body=part, content_type="text/html")
        )
        context.new_page().goto("/en/")

    assert "a.test" in {urlsplit(url).netloc for url in seen.asked}
