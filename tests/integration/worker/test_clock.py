"""The clock: what it does, how often, and that two of them never do things twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis
from redis.exceptions import RedisError

from matcher.bootstrap import build
from matcher.domain.errors import StoreDownError
from matcher.domain.invitation import Scope
from matcher.jobs import JobQueue
from matcher.settings.model import RoundTimes, Settings
from matcher.settings.toml_file import Duration
from matcher.store.asks import Asks
from matcher.store.backing import Backing, back
from matcher.store.leases import Leases
from matcher.store.rulebook import Rulebook
from tests.integration.worker import processes
from tests.waiting import until
from worker.clock import Clock, RoundTicks, duties
from worker.duties import Duty, do_all

GATHER = timedelta(seconds=1)
LONG = RoundTimes(
    gather=Duration(seconds=120), every=Duration(seconds=120), lease=Duration(seconds=60)
)
NOWHERE = "unix:///nowhere/no.sock"


@pytest.fixture
def backing(settings: Settings) -> Backing:
    return back(settings)


@pytest.fixture
def ticks(backing: Backing, line: Redis) -> RoundTicks:
    queue = JobQueue(line, timeout=timedelta(seconds=30))
    return RoundTicks(Asks(backing), queue, backing.settings)


def _clock(backing: Backing, *jobs: Duty) -> Clock:
    return Clock(backing.clock, Leases(backing), jobs, gather=GATHER)


def _noting(backing: Backing, name: str, done: list[str]) -> Clock:
    """Build a clock whose one duty is to note its name."""
    return _clock(backing, Duty(name, lambda _: done.append(name), every=GATHER))


def _arrive(backing: Backing) -> None:
    backing.store.command("SET", backing.keys("ask"), 1, "EX", 60)


def _asked(line: Redis) -> int:
    """Count the rounds that were asked for, and run them in mind."""
    number = line.llen("rq:queue:rounds")
    line.delete("rq:queue:rounds")
    return number


def test_two_clocks_never_do_things_twice(backing: Backing) -> None:
    done: list[str] = []
    first, second = _noting(backing, "first", done), _noting(backing, "second", done)

    for clock in (first, second, second):
        clock.beat()

    assert done == ["first"]


def test_the_other_clock_takes_over_when_one_stops(backing: Backing) -> None:
    done: list[str] = []
    first, second = _noting(backing, "first", done), _noting(backing, "second", done)
    first.beat()

    first.stop()
    second.beat()

    assert done == ["first", "second"]


def test_a_beat_ends_on_a_multiple_of_the_gather_interval(backing: Backing) -> None:
    before = backing.clock.now()

    pause = _clock(backing).beat()

    next_beat = (before + pause).timestamp()
    assert timedelta(0) < pause <= GATHER
    assert abs(next_beat - round(next_beat)) < 0.5


def test_an_arrival_is_followed_by_one_round(
    backing: Backing, ticks: RoundTicks, line: Redis
) -> None:
    now = backing.clock.now()
    ticks.act(now)
    assert _asked(line) == 1  # the first tick of a clock asks in any case

    _arrive(backing)
    for seconds in (1, 2, 3):
        ticks.act(now + timedelta(seconds=seconds))

    assert _asked(line) == 1


def test_without_arrivals_a_round_is_asked_for_every_so_often(
    backing: Backing, ticks: RoundTicks, line: Redis
) -> None:
    now, every = backing.clock.now(), backing.settings.rounds.every
    asked = []

    for moment in (now, now + every / 2, now + every, now + 1.5 * every, now + 2 * every):
        ticks.act(moment)
        asked.append(_asked(line))

    assert asked == [1, 0, 1, 0, 1]


def test_a_round_that_could_not_be_asked_for_stays_owed(
    backing: Backing, ticks: RoundTicks, line: Redis
) -> None:
    now = backing.clock.now()
    ticks.act(now)
    _asked(line)
    _arrive(backing)

    line.set("rq:queue:rounds", "no list at all")
    with pytest.raises(RedisError):
        ticks.act(now + timedelta(seconds=1))
    line.delete("rq:queue:rounds")
    ticks.act(now + timedelta(seconds=2))

    assert _asked(line) == 1


def test_a_clock_whose_store_is_away_waits_longer_each_time(settings: Settings) -> None:
    clock = _clock(back(replace(settings, store_url=NOWHERE)))

    pauses = [clock.beat() for _ in range(6)]

    assert pauses[0] == GATHER
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(seconds=5)


def test_a_duty_that_fails_is_tried_again_and_leaves_the_others_alone(
    backing: Backing,
) -> None:
    done: list[str] = []

    def fail(_: datetime) -> None:
        done.append("failing")
        raise StoreDownError

    clock = _clock(
        backing,
        Duty("failing", fail, every=timedelta(hours=1)),
        Duty("other", lambda _: done.append("other"), every=timedelta(hours=1)),
    )

    clock.beat()
    clock.beat()

    assert done == ["failing", "other", "failing"]


def test_a_clock_does_everything_a_pool_needs(backing: Backing, line: Redis) -> None:
    line.zadd("rq:failed:rounds", {"round-main-9": 1})

    _clock(backing, *duties(backing, line)).beat()

    assert Rulebook(backing).read() == backing.settings.rules
    assert (backing.settings.folders.vault / "vault").exists()
    assert not line.exists("rq:failed:rounds")
    assert _asked(line) == 1


def test_a_clock_runs_with_no_more_rights_than_it_has_and_gives_its_lease_back(
    backing: Backing, line: Redis, environ: dict[str, str], clock_queue_url: str
) -> None:
    environ["SANAD_QUEUE_URL"] = clock_queue_url
    with processes.running(environ, "-m", "worker.clock") as process:
        until(lambda: line.llen("rq:queue:rounds"), "a round asked for")

        process.terminate()

        assert process.wait(processes.DEADLINE_S) == 0
    assert Leases(backing).take("clock", GATHER) is not None


def test_after_a_loss_of_the_store_rules_and_unused_invitations_are_soon_back(
    backing: Backing, line: Redis, redis: Redis
) -> None:
    services = build(backing.settings)
    code = services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    listed, now = duties(backing, line), backing.clock.now()
    do_all(listed, now)
    for key in list(redis.scan_iter()):
        redis.delete(key)

    do_all(listed, now + timedelta(seconds=3))

    assert Rulebook(backing).read() == backing.settings.rules
    assert services.invitations.look(code).scope == {Scope.ADULTS}


def test_arrivals_wait_for_the_next_multiple_of_a_long_gather_interval(
    backing: Backing, line: Redis
) -> None:
    long = replace(backing.settings, rounds=LONG)
    ticks = RoundTicks(Asks(backing), JobQueue(line, timeout=timedelta(seconds=30)), long)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    ticks.act(start)
    _asked(line)

    _arrive(backing)
    ticks.act(start + timedelta(seconds=60))
    assert _asked(line) == 0
    ticks.act(start + timedelta(seconds=120))

    assert _asked(line) == 1


def test_a_clock_with_a_long_interval_holds_its_lease_in_short_terms(
    backing: Backing, redis: Redis
) -> None:
    clock = Clock(backing.clock, Leases(backing), (), gather=timedelta(seconds=120))

    pause = clock.beat()

    assert pause <= timedelta(seconds=5)
    assert redis.pttl(backing.keys("lease:", "clock")) <= 15_000
