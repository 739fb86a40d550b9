"""Machines whose clocks disagree: the store's time is everybody's, also between two answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from matcher.service.pressure import Pressure, Token
from matcher.settings.model import Settings
from matcher.store.backing import back
from matcher.store.client import Store
from matcher.store.clock import StoreClock
from matcher.store.counts import Counts
from tests.world import World

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def wrong_by(world: World, error: timedelta) -> StoreClock:
    """Build the clock of a machine whose own is wrong, and let it ask once."""
    clock = StoreClock(
        world.backing.store, has_offset=True, own=lambda: datetime.now(UTC) + error
    )
    clock.now()
    return clock


def test_a_form_is_as_old_on_every_machine_however_wrong_their_clocks_are(
    world: World,
) -> None:
    backing, ages = world.backing, []
    machines = [wrong_by(world, error) for error in (-HOUR, timedelta(0), HOUR)]
    for maker in machines:
        token = Token(value="token", made=int(maker.about().timestamp()))
        ages += [
            Pressure(Counts(backing), backing.memory, judge, world.settings.pressure).age(token)
            for judge in machines
        ]

    assert len(ages) == 9
    assert max(map(abs, ages)) < MINUTE


def test_pages_know_what_time_it_is_while_the_store_is_away(
    settings: Settings, tmp_path: Path
) -> None:
    away = back(replace(settings, store_url=f"unix://{tmp_path}/nobody.sock"))

    assert abs(away.clock.about() - datetime.now(UTC)) < MINUTE


def test_time_that_a_test_has_moved_on_is_moved_on_for_pages_too(world: World) -> None:
    clock = StoreClock(Store(world.settings.store_url), has_offset=True)

    world.advance(HOUR)
    clock.now()

    assert abs(clock.about() - world.now()) < MINUTE
