"""Fixtures shared by every kind of test: real servers, settings that point at them."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from redis import Redis
from xdist.remote import Producer

from matcher.local import numerics
from matcher.local.acl import Role
from matcher.settings.load import load
from matcher.settings.model import Settings
from matcher.store.keys import MINUTE
from tests import lifetimes, servers
from tests.scheduling import Together
from tests.servers import Running
from tests.world import World


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Hand out tests so that what is shared is made once."""
    return Together(config, log)


RUN_THE_ENGINE = {"matcher.engine.compiled", "tests.compiled"}
"""Tests that load one of these run it, or let a worker of theirs run it."""


DRAWN = hypothesis.settings(
    deadline=None,  # a machine may be busy
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=os.environ.get("SANAD_TEST_ANEW") != "1",
)
"""How examples are drawn: the same in every run, unless SANAD_TEST_ANEW asks for others."""


def pytest_configure() -> None:
    """Let tests and their workers share compiled code; the compiler asks once where it is."""
    folder = str(numerics.folder_of_compiled(os.environ))
    os.environ.setdefault(numerics.COMPILED, folder)
    hypothesis.settings.register_profile("ours", DRAWN)
    hypothesis.settings.load_profile("ours")


def pytest_collection_finish() -> None:
    """Compile the engine before the time of any test runs.

    It takes half a minute on an idle machine, and minutes on a busy one: no test may.
    """
    if RUN_THE_ENGINE & sys.modules.keys():
        from tests import compiled  # noqa: PLC0415 - what loads it asks for it

        compiled.ready()


@pytest.fixture(scope="session")
def both_servers() -> Iterator[tuple[Running, Running]]:
    """Run one store and one queue for all tests of this process."""
    with servers.both() as pair:
        yield pair


@pytest.fixture
def store(both_servers: tuple[Running, Running]) -> Iterator[Running]:
    """Yield the store's server, empty before; afterwards every key has a lifetime."""
    running = both_servers[0]
    running.flush()
    yield running
    try:
        with Redis.from_url(running.url(Role.SCAN)) as client:
            lifetimes.check_store(client, load({"SANAD_TEST_CLOCK": "1"}))
    finally:
        running.flush()


@pytest.fixture
def queue(both_servers: tuple[Running, Running]) -> Iterator[Running]:
    """Yield the queue's server, empty before and after."""
    running = both_servers[1]
    running.flush()
    yield running
    running.flush()


@pytest.fixture
def store_url(store: Running) -> str:
    """Say how the app, a worker or the clock reaches the store."""
    return store.url(Role.APP)


@pytest.fixture
def queue_url(queue: Running) -> str:
    """Say how a worker reaches the queue; it may also put jobs in."""
    return queue.url(Role.WORKER)


@pytest.fixture
def clock_queue_url(queue: Running) -> str:
    """Say how the clock reaches the queue."""
    return queue.url(Role.CLOCK)


@pytest.fixture
def redis(store: Running) -> Iterator[Redis]:
    """Yield a client of the store that may do everything, as only tests may."""
    with Redis.from_url(store.everything()) as client:
        yield client


@pytest.fixture
def environ(tmp_path: Path, store: Running, queue: Running) -> Iterator[dict[str, str]]:
    """Yield the environment of a process of ours that uses the servers of this test.

    Afterwards nobody was refused a command, a key or a channel: users may do what they need.
    """
    folders = {"SANAD_VAULT_DIR": tmp_path / "vault", "SANAD_STATE_DIR": tmp_path / "state"}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    inherited = {key: value for key, value in os.environ.items() if "SANAD" not in key}
    yield numerics.environ(inherited) | {
        "SANAD_STORE_URL": store.url(Role.APP),
        "SANAD_QUEUE_URL": queue.url(Role.WORKER),
        "SANAD_TEST_CLOCK": "1",
        "SANAD_ROUNDS_GATHER": "0.1 s",
        **{key: str(folder) for key, folder in folders.items()},
    }
    assert store.refused() + queue.refused() == []


@pytest.fixture
def settings(environ: dict[str, str]) -> Settings:
    """Yield settings that point at the servers of this test, with a clock tests can move."""
    return load(environ)


@pytest.fixture
def world(settings: Settings, redis: Redis) -> World:
    """Yield a small world at the beginning of a minute.

    So neither a minute, nor an hour or a day ends in the midst of a test, whenever it runs.
    What happens at an end is tested where it is meant.
    """
    found = World(settings, redis)
    found.begin(MINUTE)
    return found
