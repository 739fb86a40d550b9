"""Promise 17: who was told about is suggested to nobody, however it races; forged reports fail."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, count
from threading import Barrier
from time import monotonic

import pytest

from matcher.domain.errors import CapsuleGoneError, MatcherError
from matcher.domain.offer import Reply
from matcher.domain.report import CapsuleId, Category, Decision
from matcher.store.secrets import new_hex
from tests.faults.replays import AT_ONCE, comes, lose_the_store, replay
from tests.telling import desk_of, tell
from tests.world import Person, World, with_capacity
from worker.rounds import Rounds
from worker.wiring import ground_of

RACES = 1_000
PAIRS = 25
FORGED = 1_000
WITHIN_S = 5
SERIOUS = Category.THREAT


def _all_at_once(*acts: Callable[[], object]) -> None:
    """Let acts begin at the same moment; one that comes too late is refused."""
    begin = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        begin.wait()
        try:
            act()
        except MatcherError:
            return

    with ThreadPoolExecutor(len(acts)) as threads:
        list(threads.map(run, acts))


def _open_offers(world: World, who: Person) -> list[str]:
    """Name every offer in the store in which somebody has a side and that may become a room."""
    handle = who.visitor.handle.encode()
    found = (key for key in world.redis.scan_iter("*}:o:*"))
    sides = ((key, world.redis.execute_command("HMGET", key, "s", "p", "room")) for key in found)
    return [key.decode() for key, (*both, room) in sides if handle in both and room is None]


@pytest.mark.timeout(600)
def test_no_offer_is_left_or_made_after_a_serious_report_in_a_thousand_races(
    world: World,
) -> None:
    """A report races with offers that are proposed and answered; then all is tried once more."""
    offered, left, made = count(), [], []
    for race in range(PAIRS):
        peer = world.peer(with_capacity(9))
        told = world.seeker()
        room = world.room(told, peer)
        others = [world.seeker() for _ in range(3)]

        def propose(other: Person, peer: Person = peer) -> Callable[[], object]:
            def act() -> None:
                offer, said = world.propose(other, peer)
                if said == "offered":
                    next(offered)
                    world.answer(peer, offer, Reply.ACCEPTED)

            return act

        _all_at_once(
            *map(propose, others), lambda told=told, room=room: tell(world, told, room)
        )

        left += _open_offers(world, peer)
        made += [world.propose(other, peer)[1] for other in others]
        assert race < RACES
    assert left == []
    assert set(made) == {"held"}
