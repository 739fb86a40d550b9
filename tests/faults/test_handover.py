"""A worker that is killed or suspended in the middle of a round: the next one takes over."""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.settings.load import load
from tests import handover
from tests.handover import Stage, Victim
from tests.waiting import until
from tests.world import World
from worker.ticks import LONGEST_BEAT, LOST

TAKES_OVER_WITHIN = timedelta(seconds=5)


@pytest.fixture
def stage(environ: dict[str, str], clock_queue_url: str, tmp_path: Path) -> Iterator[Stage]:
    environ["SANAD_ROUNDS_EVERY"] = "1 h"  # nothing but the kill is a reason for another round
    folder = tmp_path / "stage"
    folder.mkdir()
    with handover.stage(environ, folder, clock_queue_url) as found:
        yield found


@pytest.mark.parametrize("env", ["", "production"])
def test_lease_and_clock_leave_time_to_take_over(env: str) -> None:
    rounds = load({"SANAD_ENV": env}).rounds

    assert rounds.lease + LONGEST_BEAT < TAKES_OVER_WITHIN
    assert LOST + LONGEST_BEAT < TAKES_OVER_WITHIN


@pytest.mark.parametrize("victim", Victim)
def test_after_a_kill_in_the_middle_another_round_does_the_work(
    world: World, stage: Stage, victim: Victim
) -> None:
    peer, seeker = world.peer(), world.seeker()
    first = stage.wait_for(1)

    stage.kill(victim, first)
    stage.let_go(stage.wait_for(2))

    until(lambda: world.offers(peer), "a suggestion for the peer")
    assert len(world.offers(peer)) == 1
    assert world.services.places.look(seeker.visitor).state is not None


def test_a_round_that_takes_longer_than_its_lease_is_not_run_twice(
    world: World, stage: Stage
) -> None:
    peer = world.peer()
    world.seeker()
    horse = stage.wait_for(1)
    end = world.now() + 2 * world.settings.rounds.lease

    until(lambda: world.now() > end, "two leases' time")

    assert stage.begun() == [horse]
    stage.let_go(horse)
    until(lambda: world.offers(peer), "a suggestion for the peer")


def test_a_round_that_was_suspended_for_too_long_writes_nothing(
    world: World, stage: Stage
) -> None:
    peer = world.peer()
    world.seeker()
    late = stage.wait_for(1)
    os.kill(late, signal.SIGSTOP)
    following = stage.wait_for(2)

    os.kill(late, signal.SIGCONT)
    stage.let_go(late)
    until(lambda: not _lives(late), "the late round has ended")

    assert world.offers(peer) == ()
    stage.let_go(following)
    until(lambda: world.offers(peer), "a suggestion for the peer")


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
