"""When rounds are asked for: after arrivals, now and then, and again after a kill."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis
from redis.exceptions import RedisError

from matcher.jobs import JobQueue
from matcher.settings.model import RoundTimes, Settings
from matcher.settings.toml_file import Duration
from matcher.store.asks import ROUND, Asks
from matcher.store.backing import Backing, back
from matcher.store.leases import Leases
from worker.ticks import RoundTicks

LONG = RoundTimes(
    gather=Duration(seconds=120),
    every=Duration(seconds=120),
    lease=Duration(seconds=3),
    longest=Duration(seconds=60),
)


@pytest.fixture
def backing(settings: Settings) -> Backing:
    return back(settings)


@pytest.fixture
def ticks(backing: Backing, line: Redis) -> RoundTicks:
    queue = JobQueue(line, timeout=timedelta(seconds=30))
    return RoundTicks(Asks(backing), queue, backing.settings)


def _arrive(backing: Backing) -> None:
    backing.store.command("SET", backing.keys("ask"), 1, "EX", 60)


def _asked(backing: Backing, line: Redis) -> int:
    """Count the rounds that were asked for, and run them in mind."""
    number = _lost(line)
    backing.store.command("DEL", backing.keys("run"))
    return number


def _lost(line: Redis) -> int:
    """Count the rounds that were asked for, and lose them with their worker."""
    number = line.llen("rq:queue:rounds")
    line.delete("rq:queue:rounds")
    return number


def test_an_arrival_is_followed_by_one_round(
    backing: Backing, ticks: RoundTicks, line: Redis
) -> None:
    now = backing.clock.now()
    ticks.act(now)
    assert _asked(backing, line) == 1  # the first tick of a clock asks in any case

    _arrive(backing)
    for seconds in (1, 2, 3):
        ticks.act(now + timedelta(seconds=seconds))

    assert _asked(backing, line) == 1


def test_without_arrivals_a_round_is_asked_for_every_so_often(
    backing: Backing, ticks: RoundTicks, line: Redis
) -> None:
    now, every = backing.clock.now(), backing.settings.rounds.every
    asked = []

    for moment in (now, now + every / 2, now + every, now + 1.5 * every, now + 2 * every):
        ticks.act(moment)
        asked.append(_asked(backing, line))

    assert asked == [1, 0, 1, 0, 1]


def test_a_round_that_could_not_be_asked_for_stays_owed(
    backing: Backing, ticks: RoundTicks, line: Redis
) -> None:
    now = backing.clock.now()
    ticks.act(now)
    _asked(backing, line)
    _arrive(backing)

    line.set("rq:queue:rounds", "no list at all")
    with pytest.raises(RedisError):
        ticks.act(now + timedelta(seconds=1))
    line.delete("rq:queue:rounds")
    ticks.act(now + timedelta(seconds=2))

    assert _asked(backing, line) == 1


def _after(backing: Backing, seconds: float) -> datetime:
    return backing.clock.now() + timedelta(seconds=seconds)


def test_a_killed_round_is_asked_for_again_once_its_lease_is_over(
    backing: Backing, ticks: RoundTicks, line: Redis
) -> None:
    ticks.act(backing.clock.now())
    _lost(line)
    leases = Leases(backing)
    fence = leases.take(ROUND, timedelta(seconds=30))
    assert fence is not None

    with Asks(backing).running(fence):
        ticks.act(_after(backing, 1))
        assert _lost(line) == 0  # it still works, for all that is known
        leases.give_back(ROUND)  # as if nobody renewed it
        ticks.act(_after(backing, 2))

    assert _lost(line) == 1


def test_a_round_that_is_over_is_not_asked_for_again(
    backing: Backing, ticks: RoundTicks, line: Redis
) -> None:
    ticks.act(backing.clock.now())
    _lost(line)
    with Leases(backing).held(ROUND, timedelta(seconds=30)) as fence:
        assert fence is not None
        with Asks(backing).running(fence):
            pass

    for seconds in (1, 5, 10):
        ticks.act(_after(backing, seconds))

    assert _lost(line) == 0


def test_a_round_whose_worker_was_killed_before_it_began_is_asked_for_again(
    backing: Backing, ticks: RoundTicks, line: Redis
) -> None:
    ticks.act(backing.clock.now())
    assert _lost(line) == 1

    asked = []
    for seconds in (1, 2, 4):
        ticks.act(_after(backing, seconds))
        asked.append(_lost(line))

    assert asked == [0, 0, 1]


def test_a_round_that_waits_for_a_free_worker_is_asked_for_once(
    backing: Backing, ticks: RoundTicks, line: Redis
) -> None:
    for seconds in (0, 5, 10, 15):
        ticks.act(_after(backing, seconds))

    assert _lost(line) == 1


def test_no_round_is_asked_for_while_one_runs_and_none_is_forgotten(
    backing: Backing, ticks: RoundTicks, line: Redis
) -> None:
    ticks.act(backing.clock.now())
    _asked(backing, line)
    with Leases(backing).held(ROUND, timedelta(seconds=30)):
        _arrive(backing)
        for seconds in (1, 2):
            ticks.act(_after(backing, seconds))
        assert _lost(line) == 0

    ticks.act(_after(backing, 3))

    assert _lost(line) == 1


def test_arrivals_wait_for_the_next_multiple_of_a_long_gather_interval(
    backing: Backing, line: Redis
) -> None:
    long = replace(backing.settings, rounds=LONG)
    ticks = RoundTicks(Asks(backing), JobQueue(line, timeout=timedelta(seconds=30)), long)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    ticks.act(start)
    _asked(backing, line)

    _arrive(backing)
    ticks.act(start + timedelta(seconds=60))
    assert _asked(backing, line) == 0
    ticks.act(start + timedelta(seconds=120))

    assert _asked(backing, line) == 1
