"""Fixtures for the console's services."""

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.settings.model import Settings
from tests.coordinating import wired
from tests.servers import Running
from tests.world import World


@pytest.fixture
def console(
    settings: Settings, store: Running, queue: Running, world: World
) -> ConsoleServices:
    """Yield the console's services; `world` moves time."""
    assert world.settings.pool == settings.pool
    return wired(settings, store, queue)
