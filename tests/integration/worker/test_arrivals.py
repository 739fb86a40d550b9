"""From an arrival to a suggestion, through the real clock, queue and worker."""

from collections.abc import Iterator

import pytest
from redis import Redis

from matcher.domain.offer import Reply
from tests.integration.worker import processes
from tests.waiting import until
from tests.world import World


@pytest.fixture
def at_work(environ: dict[str, str], clock_queue_url: str) -> Iterator[None]:
    """Run a worker and a clock with the rights they have."""
    for_clock = {**environ, "SANAD_QUEUE_URL": clock_queue_url}
    with (
        processes.running(environ, "-m", "worker.main") as worker,
        processes.running(for_clock, "-m", "worker.clock") as clock,
    ):
        processes.ready(worker, "worker ready")
        processes.ready(clock, "clock ready")
        yield


@pytest.mark.usefixtures("at_work")
def test_whoever_arrives_is_suggested_to_a_peer_who_is_here(world: World) -> None:
    peer = world.peer()
    seeker = world.seeker()

    until(lambda: world.offers(peer), "a suggestion for the peer")

    (offer,) = world.offers(peer)
    world.answer(peer, offer.id, Reply.ACCEPTED)
    assert world.offers(seeker)


@pytest.mark.usefixtures("at_work")
def test_a_no_is_followed_by_a_round_with_the_others(world: World) -> None:
    first = world.peer()
    world.seeker()
    until(lambda: world.offers(first), "a suggestion for the first peer")
    second = world.peer()

    (offer,) = world.offers(first)
    world.answer(first, offer.id, Reply.DECLINED)

    until(lambda: world.offers(second), "a suggestion for the second peer")
    assert world.offers(first) == ()


@pytest.mark.usefixtures("at_work")
def test_the_queue_server_holds_nothing_of_anybody_who_was_suggested(
    world: World, line: Redis
) -> None:
    peer, seeker = world.peer(), world.seeker()
    until(lambda: world.offers(peer), "a suggestion for the peer")

    held = b"".join(line.dump(key) or b"" for key in line.scan_iter())

    for handle in (peer.visitor.handle, seeker.visitor.handle):
        assert handle.encode() not in held
