"""Promise 7: the state machine holds, whatever people do and in whatever order."""

import os

import pytest
from hypothesis import HealthCheck, settings as hypothesis_settings
from hypothesis.stateful import run_state_machine_as_test
from redis import Redis

from matcher.settings.model import Settings
from tests.properties.machine import Lives
from tests.world import World
from worker.rounds import Rounds
from worker.wiring import ground_of

LIVES = int(os.environ.get("SANAD_TEST_LIVES", "300"))
STEPS = int(os.environ.get("SANAD_TEST_STEPS", "30"))


@pytest.mark.timeout(3_600)
def test_no_life_leads_where_the_model_does_not(settings: Settings, redis: Redis) -> None:
    def make_world() -> World:
        for key in redis.scan_iter(count=1000):
            redis.delete(key)
        (settings.folders.vault / "vault").unlink(missing_ok=True)
        return World(settings, redis)

    class TheseLives(Lives):
        pass

    TheseLives.make_world = staticmethod(make_world)
    TheseLives.run_round = staticmethod(_run_round)

    run_state_machine_as_test(
        TheseLives,
        settings=hypothesis_settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def _run_round(world: World, seed: int) -> None:
    Rounds(ground_of(world.backing)).run(seed=seed)
