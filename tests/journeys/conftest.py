"""Real browsers with and without JavaScript, on a real `sanad up`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ViewportSize,
    expect,
    sync_playwright,
)

from matcher.bootstrap.console import ConsoleServices
from matcher.settings.model import Settings
from matcher.web.console.app import create_app
from tests.coordinating import wired
from tests.journeys.desks import Desk, seated, served
from tests.looks import chromium
from tests.machine import QUICK, Up, up as running
from tests.servers import Running
from tests.world import World

expect.set_options(timeout=30_000)  # as for all else a browser waits for; machines may be busy

FAR_HOST = "far.test"
"""The pages by plain http as if from another machine: there, browsers derive no keys."""

PHONE = ViewportSize(width=390, height=844)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {FAR_HOST} 127.0.0.1",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run the system's Chromium; skip, and say so, where there is none.

    For one module only: meanwhile an event loop runs, which tests of asyncio cannot have.
    """
    if (found := chromium.found()) is None:
        pytest.skip(chromium.NONE_FOUND)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    """Run one `sanad up` for the journeys of a module."""
    with running(extra=QUICK) as found:
        yield found


@pytest.fixture
def phone(browser: Browser, up: Up) -> Iterator[BrowserContext]:
    """Hold a phone without JavaScript."""
    yield from _phone(browser, up)


@pytest.fixture
def other_phone(browser: Browser, up: Up) -> Iterator[BrowserContext]:
    """Hold another one."""
    yield from _phone(browser, up)


@pytest.fixture
def scripted(browser: Browser, up: Up) -> Iterator[BrowserContext]:
    """Hold a phone with JavaScript."""
    yield from _phone(browser, up, has_scripts=True)


def _phone(browser: Browser, up: Up, *, has_scripts: bool = False) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=up.public, java_script_enabled=has_scripts, viewport=PHONE, locale="en-GB"
    )
    yield context
    context.close()


@pytest.fixture
def console(
    settings: Settings, store: Running, queue: Running, world: World
) -> ConsoleServices:
    """Yield the console's services; `world` is the one they look after."""
    assert world.settings.pool == settings.pool
    return wired(settings, store, queue)


@pytest.fixture
def address(console: ConsoleServices) -> Iterator[str]:
    """Yield where the console answers."""
    with served(create_app(console)) as found:
        yield found


@pytest.fixture
def desk(
    browser: Browser, address: str, console: ConsoleServices, language: str
) -> Iterator[Desk]:
    """Yield the desk of the first coordinator."""
    with seated(browser, address, console, "Ana", language) as found:
        yield found
