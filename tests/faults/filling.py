"""Stores that are filled up, nearly or to the last byte."""

from collections.abc import Callable
from contextlib import suppress
from itertools import count

from redis.exceptions import OutOfMemoryError

from matcher.store.memory import Memory
from tests.world import World

BLOB_BYTES = 20_000


def fill(world: World, share: float) -> None:
    """Write until so much of the memory is in use."""
    asked = Memory(world.backing.store, _ticking())
    number = 0
    while asked.share() < share:
        world.redis.set(world.backing.keys("m:", f"{number}"), "x" * BLOB_BYTES, ex=600)
        number += 1


def fill_up(world: World) -> None:
    """Write until there is no room for one byte more."""
    for size in (BLOB_BYTES, 1_000, 100):
        with suppress(OutOfMemoryError):
            for number in count():
                key = world.backing.keys("m:", f"{size}:{number}")
                world.redis.set(key, "x" * size, ex=600)


def _ticking() -> Callable[[], float]:
    ticks = iter(range(0, 10**9, 10))
    return lambda: float(next(ticks))


def is_full(world: World) -> bool:
    """Say whether the store refuses whoever needs memory."""
    try:
        world.redis.set(world.backing.keys("m:", "more"), "x" * 100, ex=600)
    except OutOfMemoryError:
        return True
    return False
