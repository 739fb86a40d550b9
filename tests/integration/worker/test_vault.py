"""The vault under several clocks: each day is moved on once, and a jump moves nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from matcher.domain.errors import NoSessionError
from matcher.jobs import connect
from matcher.settings.model import Settings
from matcher.store.backing import back
from matcher.store.client import Store
from matcher.store.clock import OFFSET_KEY, StoreClock
from matcher.store.vault import Vault, day_of, put, standing, walked
from tests.integration.worker import processes
from tests.waiting import until
from tests.world import World
from worker.clock import duties
from worker.duties import do_all

VALUE = bytes(range(32))
TODAY = 20_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path, TODAY, VALUE)
    return tmp_path


def _move(folder: Path) -> list[bool]:
    vault = Vault(folder, lambda: TODAY)
    return [vault.move_on(TODAY + day) for day in range(1, 21)]


def test_of_many_processes_that_move_the_vault_on_one_does_it_each_day(folder: Path) -> None:
    with get_context("spawn").Pool(4) as racing:
        moved = racing.map(_move, [folder] * 8)

    assert sum(map(sum, moved)) <= 20
    assert [day[0] for day in zip(*moved, strict=True) if sum(day) > 1] == []
    assert standing(folder) == (TODAY + 20, walked(VALUE, 20))


def test_of_many_threads_that_move_the_vault_on_one_does(folder: Path) -> None:
    vaults = [Vault(folder, lambda: TODAY) for _ in range(32)]

    with ThreadPoolExecutor(32) as threads:
        moved = list(threads.map(lambda vault: vault.move_on(TODAY + 1), vaults))

    assert moved.count(True) == 1
    assert standing(folder) == (TODAY + 1, walked(VALUE, 1))


@pytest.fixture
def yesterday(world: World) -> int:
    """Let the vault stand on yesterday; a whole minute of today lies ahead."""
    day = day_of(world.now()) - 1
    put(world.settings.folders.vault, day, VALUE)
    return day


def _is_moved_once(settings: Settings, yesterday: int) -> bool:
    return standing(settings.folders.vault) == (yesterday + 1, walked(VALUE, 1))


def test_two_clock_processes_move_the_vault_on_once(
    environ: dict[str, str], clock_queue_url: str, world: World, yesterday: int
) -> None:
    environ["SANAD_QUEUE_URL"], rules = clock_queue_url, world.backing.keys("rules")
    world.redis.delete(rules)
    with (
        processes.running(environ, "-m", "worker.clock") as first,
        processes.running(environ, "-m", "worker.clock") as second,
    ):
        for clock in (first, second):
            processes.ready(clock, "clock ready")
        until(lambda: world.redis.exists(rules), "one of the clocks has acted")
        first.terminate()
        first.wait(processes.DEADLINE_S)
        world.redis.delete(rules)
        until(lambda: world.redis.exists(rules), "the other one has acted, or still does")

    assert _is_moved_once(world.settings, yesterday)


def test_clocks_that_race_in_one_beat_move_the_vault_on_once(
    settings: Settings, clock_queue_url: str, yesterday: int
) -> None:
    backings = [back(settings) for _ in range(8)]

    with ThreadPoolExecutor(8) as threads, connect(clock_queue_url) as line:
        list(threads.map(lambda one: do_all(duties(one, line), one.clock.now()), backings))

    assert _is_moved_once(settings, yesterday)


def test_a_jump_of_the_clock_voids_no_ticket_and_revives_none(
    world: World, clock_queue_url: str
) -> None:
    waiting, left, leaves = world.seeker(), world.seeker(), world.seeker()
    good, spent = (world.services.places.ticket(one.visitor) for one in (waiting, left))
    world.services.places.erase(left.visitor)
    world.redis.set(OFFSET_KEY, timedelta(days=300).total_seconds())
    with connect(clock_queue_url) as line:
        do_all(duties(world.backing, line), world.now())
    world.services.places.erase(leaves.visitor)

    for key in list(world.redis.scan_iter(count=1000)):
        world.redis.delete(key)

    assert world.services.places.come_back(good)
    with pytest.raises(NoSessionError):
        world.services.places.come_back(spent)


@pytest.mark.parametrize("days", [-400, 400])
def test_one_clock_alone_does_not_say_that_a_day_has_come(
    settings: Settings, days: int
) -> None:
    store, wrong = Store(settings.store_url), datetime.now(UTC) + timedelta(days=days)
    clock = StoreClock(store, has_offset=False, own=lambda: wrong)

    agreed = clock.agreed()

    assert agreed <= clock.now()
    assert agreed <= wrong
    assert max(clock.now(), wrong) - agreed > timedelta(days=399)
