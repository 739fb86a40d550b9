"""Levelling: when a key was last touched tells nothing of when it was made."""

from matcher.store.level import AT_ONCE, Leveller
from tests.waiting import until
from tests.world import World


def _idle(world: World, kind: str) -> dict[str, int]:
    names = [key for key in world.key_names() if f"}}:{kind}" in key]
    with world.redis.pipeline() as pipe:  # all at once: else the first are idle by the last
        for key in names:
            pipe.object("IDLETIME", key)
        return dict(zip(names, pipe.execute(), strict=True))


def test_who_came_seconds_apart_is_not_told_apart_afterwards(world: World) -> None:
    world.seeker()
    until(lambda: max(_idle(world, "c:").values()) >= 2, "two seconds")
    world.seeker()
    before = set(_idle(world, "c:").values())

    Leveller(world.backing).act(world.now())

    assert max(before) - min(before) >= 2
    assert set(_idle(world, "c:").values()) <= {0, 1}


def test_keys_that_are_many_are_levelled_bit_by_bit(world: World) -> None:
    many = {world.backing.keys("d:", f"{at}"): "1" for at in range(3 * AT_ONCE)}
    world.redis.mset(many)
    for key in many:
        world.redis.expire(key, 3_600)
    leveller = Leveller(world.backing)
    until(lambda: min(_idle(world, "d:").values()) >= 2, "two seconds")

    leveller.act(world.now())

    assert max(_idle(world, "d:").values()) <= 1
