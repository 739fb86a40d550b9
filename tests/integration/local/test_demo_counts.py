"""What the demo counts as left behind, and whom it waits for."""

from redis import Redis

from matcher.local.demo.report import keys_left
from matcher.settings.model import Settings
from matcher.store.keys import ASK_LIVES


def test_how_far_a_round_has_come_is_left_of_nobody(redis: Redis, settings: Settings) -> None:
    redis.set(f"{{{settings.pool}}}:run", "1", ex=ASK_LIVES)

    assert keys_left(redis, settings) == 0


def test_a_profile_that_is_left_is_counted(redis: Redis, settings: Settings) -> None:
    redis.set(f"{{{settings.pool}}}:p:somebody", "1", ex=ASK_LIVES)

    assert keys_left(redis, settings) == 1


def test_people_of_another_pool_are_not_counted(redis: Redis, settings: Settings) -> None:
    redis.set("{elsewhere}:p:somebody", "1", ex=ASK_LIVES)

    assert keys_left(redis, settings) == 0
