"""Levelling: when a key was last touched tells nothing of when it was made."""

from time import monotonic

from matcher.store.level import AT_ONCE, Leveller
from tests.waiting import until
from tests.world import World

FEW_S = 2


def _idle(world: World, kind: str) -> dict[str, int]:
    """Read at one moment for how many seconds each key was not touched."""
    names = [key for key in world.key_names() if f"}}:{kind}" in key]
    with world.redis.pipeline() as pipe:
        for name in names:
            pipe.object("IDLETIME", name)
        return dict(zip(names, map(int, pipe.execute()), strict=True))


def _levelled(world: World, leveller: Leveller, kind: str) -> tuple[set[int], float]:
    """Let keys be levelled; tells their idle times, and how long ago that began at the most."""
    began = monotonic()
    leveller.act(world.now())
    idle = set(_idle(world, kind).values())
    return idle, monotonic() - began


def test_who_came_seconds_apart_is_not_told_apart_afterwards(world: World) -> None:
    world.seeker()
    until(lambda: max(_idle(world, "c:").values()) >= FEW_S, "two seconds")
    world.seeker()
    before = set(_idle(world, "c:").values())

    after, passed = _levelled(world, Leveller(world.backing), "c:")

    assert max(before) - min(before) >= FEW_S
    assert max(after) - min(after) <= 1  # servers count whole seconds
    assert max(after) <= passed + 1


def test_keys_that_are_many_are_levelled_bit_by_bit(world: World) -> None:
    many = {world.backing.keys("d:", f"{at}"): "1" for at in range(3 * AT_ONCE)}
    world.redis.mset(many)
    for key in many:
        world.redis.expire(key, 3_600)
    until(lambda: min(_idle(world, "d:").values()) >= FEW_S, "two seconds")

    after, passed = _levelled(world, Leveller(world.backing), "d:")

    assert max(after) <= passed + 1  # those left alone would be idle for two seconds longer
