"""Fixtures of faults: a store of little memory, and those of the worker's tests."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from redis import Redis

from matcher.local.acl import Role, ServerName
from matcher.local.lifeline import lifeline
from matcher.settings.model import Settings
from tests import lifetimes, servers
from tests.integration.worker.conftest import line
from tests.servers import Running
from tests.world import World

__all__ = ("anew", "line", "small")

MEMORY = "12mb"


@pytest.fixture
def small() -> Iterator[Running]:
    """Run a store of little memory."""
    with (
        servers.private_folder() as folder,
        lifeline() as guard,
        servers.running(ServerName.STORE, folder, guard=guard, memory=MEMORY) as found,
    ):
        guard.remove(folder)
        yield found


@pytest.fixture
def anew(settings: Settings, small: Running) -> Iterator[Callable[[], World]]:
    """Yield what makes a process of ours that has not asked the small store yet."""
    url = small.url(Role.APP)
    with Redis.from_url(small.everything()) as redis:
        yield lambda: World(replace(settings, store_url=url), redis)
        lifetimes.check_store(redis, settings)
