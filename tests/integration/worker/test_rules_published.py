"""Rules published while clock and worker run: the next round obeys them, with no restart."""

from collections.abc import Iterator

import pytest

from matcher.bootstrap.desks import trials, tuning
from matcher.domain.extent import Extent
from matcher.domain.trial import Why
from matcher.domain.versions import Publication
from matcher.service.tuning import Tuning
from matcher.store.rulebook import Rulebook
from tests.integration.worker import processes
from tests.waiting import until
from tests.world import World


@pytest.fixture
def desk(world: World) -> Tuning:
    return tuning(world.settings)


@pytest.fixture
def at_work(environ: dict[str, str], clock_queue_url: str) -> Iterator[None]:
    """Run a worker and a clock that asks for a round each second."""
    environ["SANAD_ROUNDS_EVERY"] = "1 s"
    for_clock = {**environ, "SANAD_QUEUE_URL": clock_queue_url}
    with (
        processes.running(environ, "-m", "worker.main") as worker,
        processes.running(for_clock, "-m", "worker.clock"),
    ):
        processes.ready(worker, "worker ready")
        yield


def ration(desk: Tuning, a_day: int) -> None:
    text = desk.version(1).text.replace("a_day = 3", f"a_day = {a_day}")
    wanted = Publication(text=text, reason="to see", who="ana")
    desk.publish(wanted, after=desk.current().number)


def rounds(world: World) -> int:
    return int(world.redis.get(world.backing.keys("fence:", "round")) or 0)


@pytest.mark.usefixtures("at_work")
def test_a_running_worker_obeys_what_is_published_with_its_next_round(
    world: World, desk: Tuning
) -> None:
    book = Rulebook(world.backing)
    ration(desk, 0)
    until(lambda: book.in_force().offers.a_day == 0, "the clock has put them up")
    begun = rounds(world)
    peer = world.peer()
    world.seeker()
    until(lambda: rounds(world) > begun + 2, "rounds were run by them")
    assert not world.offers(peer)

    desk.roll_back(1, reason="back again", who="ben", after=2)

    until(lambda: world.offers(peer), "a suggestion for the peer")


@pytest.mark.usefixtures("at_work")
def test_running_processes_take_up_a_trial_and_its_end(world: World, desk: Tuning) -> None:
    book, kept = Rulebook(world.backing), trials(world.settings)
    text = desk.current().text.replace("a_day = 3", "a_day = 0")
    wanted = Publication(text=text, reason="to see", who="ana")
    peer = world.peer()

    kept.begin(wanted, Extent(share=50), after=1, at=world.now())

    until(lambda: book.tried() is not None, "the clock has put them up")
    world.seeker()
    until(lambda: world.offers(peer), "a suggestion by a round of the rules in force")
    kept.end(1, Why.DROPPED, who="ana", at=world.now())
    until(lambda: book.tried() is None, "the clock has taken them down")
