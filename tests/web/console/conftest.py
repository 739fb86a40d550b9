"""Fixtures for coordinators' pages."""

from collections.abc import Callable

import pytest
from flask import Flask

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.coordinator import Rank
from matcher.settings.model import Settings
from matcher.web.console.app import create_app
from tests.coordinating import Holder, join, wired
from tests.servers import Running
from tests.web.browsing import Browser
from tests.world import World

Arrive = Callable[[Holder, Rank], Browser]
Look = Callable[[str], Browser]


@pytest.fixture
def console(roomy: Settings, store: Running, queue: Running, world: World) -> ConsoleServices:
    """Yield the console's services; `world` moves time."""
    assert world.settings.pool == roomy.pool
    return wired(roomy, store, queue)


@pytest.fixture
def app(console: ConsoleServices) -> Flask:
    """Yield the console."""
    return create_app(console)


@pytest.fixture
def ana() -> Holder:
    """Yield who will be the first coordinator."""
    return Holder(name="Ana")


@pytest.fixture
def arrive(app: Flask, console: ConsoleServices) -> Arrive:
    """Yield what lets somebody in, signed in in a browser of their own."""

    def come(holder: Holder, rank: Rank) -> Browser:
        cookie = join(console, holder, console.coordinators.open_door(rank))
        browser = Browser(app.test_client())
        browser.client.set_cookie("desk", cookie)
        return browser.open("/en/")

    return come


@pytest.fixture
def owner(arrive: Arrive, ana: Holder) -> Browser:
    """Yield the browser of the first coordinator, signed in."""
    return arrive(ana, Rank.OWNER)


@pytest.fixture
def look(arrive: Arrive, ana: Holder) -> Look:
    """Yield what opens a page as somebody who has just come in, whatever the time is then."""
    return lambda path: arrive(ana, Rank.OWNER).open(path)
