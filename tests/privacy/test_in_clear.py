"""What stands in clear beside a handle, an offer or a room tells none of the answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.offer import LONGEST_ANSWER, OfferId, Reply
from matcher.domain.room import RoomKind
from tests.world import CARD, Person, World

DAY = timedelta(days=1)
DRAWN = {"s", "p", "mark", "deadline"}
"""Names and moments: they differ from one offer to the next, whoever it is for."""


def _clear(world: World, offer: OfferId) -> dict[bytes, bytes | int]:
    """Read an offer as a dump shows it: of what is sealed, only how long it is."""
    found = world.redis.execute_command("HGETALL", world.backing.keys("o:", offer))
    return {
        name: len(value) if name.endswith(b"_card") or name == b"capsule" else value
        for name, value in found.items()
        if name.decode() not in DRAWN
    }


def _offer(world: World, *, kind: RoomKind, lasts: timedelta) -> tuple[OfferId, Person, Person]:
    seeker, peer = world.seeker(), world.peer()
    card = replace(CARD, kind=kind)
    offer, said = world.propose(seeker, peer, card=card, lasts=lasts)
    assert said == "offered"
    return offer, seeker, peer


@pytest.mark.parametrize("is_answered", [False, True])
def test_an_offer_tells_neither_how_two_would_talk_nor_how_rarely_one_looks_in(
    world: World, *, is_answered: bool
) -> None:
    live, _, one = _offer(world, kind=RoomKind.LIVE, lasts=DAY)
    slow, _, other = _offer(world, kind=RoomKind.SLOW, lasts=LONGEST_ANSWER)
    if is_answered:
        world.answer(one, live, Reply.ACCEPTED)
        world.answer(other, slow, Reply.ACCEPTED)

    assert _clear(world, live) == _clear(world, slow)
