"""What the demo counts as left behind, and whom it waits for."""

import io

import pytest
from redis import Redis
from rich.console import Console

from matcher.domain.jobs import QueueName
from matcher.local import ready
from matcher.local.demo.ground import NoGroundError, until_worker
from matcher.local.demo.report import keys_left
from matcher.settings.model import Settings
from matcher.store.keys import ASK_LIVES
from worker import horses


def test_how_far_a_round_has_come_is_left_of_nobody(redis: Redis, settings: Settings) -> None:
    redis.set(f"{{{settings.pool}}}:run", "1", ex=ASK_LIVES)

    assert keys_left(redis, settings) == 0


def test_a_profile_that_is_left_is_counted(redis: Redis, settings: Settings) -> None:
    redis.set(f"{{{settings.pool}}}:p:somebody", "1", ex=ASK_LIVES)

    assert keys_left(redis, settings) == 1


def test_people_of_another_pool_are_not_counted(redis: Redis, settings: Settings) -> None:
    redis.set("{elsewhere}:p:somebody", "1", ex=ASK_LIVES)

    assert keys_left(redis, settings) == 0


def test_a_demo_without_a_worker_ends_with_a_reason_and_not_with_nobody_found(
    queue_url: str,
) -> None:
    with Redis.from_url(queue_url) as queue:
        assert not ready.has_worker(queue)

        with pytest.raises(NoGroundError, match="no worker is ready"):
            until_worker(queue, Console(file=io.StringIO()), within_s=0)


def test_a_demo_goes_on_as_soon_as_a_worker_is_there(queue_url: str) -> None:
    with Redis.from_url(queue_url) as queue:
        worker = horses.hire(QueueName.ROUNDS, queue)
        worker.register_birth()  # type: ignore[no-untyped-call]  # RQ gives it no types

        until_worker(queue, Console(file=io.StringIO()), within_s=0)

        worker.register_death()  # type: ignore[no-untyped-call]  # RQ gives it no types
        assert not ready.has_worker(queue)
