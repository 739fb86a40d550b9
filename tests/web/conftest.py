"""Fixtures for pages: the public app on real services, and people who visit it."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from flask import Flask

from matcher.settings.model import Settings
from matcher.web.public.app import create_app
from tests.web.browsing import Browser
from tests.web.deaf import Deaf
from tests.web.people import Two, begin_to_talk, meet
from tests.world import World


@pytest.fixture
def roomy(settings: Settings) -> Settings:
    """Yield settings that slow nobody down, for tests that send a lot."""
    many = dict.fromkeys(("form", "code", "loopback", "person"), "100000000 per second")
    limits = msgspec.structs.replace(settings.limits, **many)
    pressure = msgspec.structs.replace(settings.pressure, forms=10**9)
    return replace(settings, limits=limits, pressure=pressure)


@pytest.fixture
def app(world: World) -> Flask:
    """Yield the public app."""
    return create_app(world.services)


@pytest.fixture
def somebody(app: Flask) -> Callable[[], Browser]:
    """Yield what makes a new browser without cookies."""
    return lambda: Browser(app.test_client())


@pytest.fixture
def browser(somebody: Callable[[], Browser]) -> Browser:
    """Yield one browser."""
    return somebody()


@pytest.fixture
def deaf(tmp_path: Path) -> Iterator[Deaf]:
    """Yield a server that takes connections and never answers."""
    path = tmp_path / "deaf.sock"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        yield Deaf(url=f"unix://{path}", listening=listening)


@pytest.fixture
def two(somebody: Callable[[], Browser], world: World) -> Two:
    """Yield a seeker and a checked-in peer who are suggested to each other."""
    seeker, peer = somebody(), somebody()
    meet(world, seeker, peer)
    return seeker, peer


@pytest.fixture
def talking(two: Two) -> Two:
    """Yield the two in their conversation."""
    begin_to_talk(*two)
    return two
