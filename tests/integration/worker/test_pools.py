"""Two pools on the same servers, workers and clock, each by its own rules."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis

from matcher.domain.profile import AgeBand
from matcher.settings.load import config_folder, load
from matcher.settings.model import PoolName, Settings
from matcher.store.clock import OFFSET_KEY
from matcher.store.keys import Keys
from matcher.store.rulebook import Rulebook
from tests import handover
from tests.integration.worker import processes
from tests.waiting import until
from tests.world import PEER, World
from worker.rounds import Rounds
from worker.wiring import ground_of

MAIN, BERLIN = PoolName("main"), PoolName("berlin")
ONLY_THEIR_OWN_AGE = '26-39 = ["26-39"]'


@pytest.fixture
def settings(environ: dict[str, str], tmp_path: Path) -> Settings:
    """Yield settings with a second pool, in which the age bands keep to themselves."""
    folder = shutil.copytree(config_folder({}), tmp_path / "config")
    common = (folder / "rules.toml").read_text("utf-8")
    own = re.sub(r"(?m)^26-39 = .*$", ONLY_THEIR_OWN_AGE, common)
    assert own != common
    (folder / "pools" / BERLIN).mkdir(parents=True)
    (folder / "pools" / BERLIN / "rules.toml").write_text(own, "utf-8")
    environ["SANAD_CONFIG_DIR"] = str(folder)
    return load(environ)


@pytest.fixture
def main(settings: Settings, redis: Redis) -> World:
    return World(settings.of(MAIN), redis)


@pytest.fixture
def berlin(settings: Settings, redis: Redis) -> World:
    return World(settings.of(BERLIN), redis)


def _values(redis: Redis, pool: PoolName) -> dict[bytes, tuple[bytes | None, int]]:
    """Read every key of a pool, with the moment at which it ends."""
    prefix = Keys(pool).prefix
    names = sorted(
        key for key in redis.scan_iter(count=1000) if key.startswith(prefix.encode())
    )
    return {name: (redis.dump(name), redis.pexpiretime(name)) for name in names}


@pytest.fixture
def at_work(
    settings: Settings, environ: dict[str, str], clock_queue_url: str
) -> Iterator[None]:
    """Run two workers and a clock; none of them is told of one pool only."""
    assert set(settings.pools) == {MAIN, BERLIN}
    for_clock = {**environ, "SANAD_QUEUE_URL": clock_queue_url}
    with (
        processes.running(environ, "-m", "worker.main"),
        processes.running(environ, "-m", "worker.main"),
        processes.running(for_clock, "-m", "worker.clock"),
    ):
        yield


@pytest.mark.usefixtures("at_work")
def test_people_of_two_pools_are_suggested_to_each_other_by_the_rules_of_their_own(
    main: World, berlin: World, redis: Redis
) -> None:
    elder = [world.peer() for world in (main, berlin)]
    of_their_age = berlin.peer(replace(PEER, age=AgeBand.FROM_26))
    main.seeker()
    berlin.seeker()

    until(lambda: main.offers(elder[0]), "a suggestion in main")
    until(lambda: berlin.offers(of_their_age), "a suggestion in berlin")

    assert berlin.offers(elder[1]) == ()
    prefixes = {
        key.partition(b":")[0] for key in redis.scan_iter() if key != OFFSET_KEY.encode()
    }
    assert prefixes == {b"{main}", b"{berlin}"}


def test_a_round_changes_nothing_in_another_pool(
    main: World, berlin: World, redis: Redis
) -> None:
    for world in (main, berlin):
        world.peer()
        world.seeker()
    before = _values(redis, BERLIN)

    made = Rounds(ground_of(main.backing)).run(seed=1)

    assert made == 1
    assert _values(redis, BERLIN) == before
    assert Rounds(ground_of(berlin.backing)).run(seed=1) == 0  # its rules forbid this pair


def test_each_pool_has_its_own_rules_published_by_one_clock(
    settings: Settings, main: World, berlin: World, environ: dict[str, str], redis: Redis
) -> None:
    for key in list(redis.scan_iter("*:rules")):
        redis.delete(key)

    with processes.running(environ, "-m", "worker.clock"):
        books = [Rulebook(world.backing) for world in (main, berlin)]
        until(lambda: all(book.read() for book in books), "rules published")

    assert Rulebook(main.backing).read() == settings.rules
    assert Rulebook(berlin.backing).read() == settings.of(BERLIN).rules != settings.rules


def test_rounds_of_two_pools_run_at_the_same_time(
    main: World,
    berlin: World,
    environ: dict[str, str],
    clock_queue_url: str,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "stage"
    folder.mkdir()
    peers = [world.peer() for world in (main, berlin)]
    for world in (main, berlin):
        world.seeker()

    with handover.stage(environ, folder, clock_queue_url) as stage:
        stage.wait_for(2)

        held = [world.backing.keys("lease:", "round") for world in (main, berlin)]
        assert main.backing.store.command("EXISTS", *held) == 2
        for horse in stage.begun():
            stage.let_go(horse)
        until(lambda: main.offers(peers[0]), "a suggestion in main")

    assert berlin.offers(peers[1]) == ()
