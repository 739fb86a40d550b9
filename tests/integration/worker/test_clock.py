"""The clock: what it does, how often, and that two of them never do things twice."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis

from matcher.bootstrap import build
from matcher.domain.errors import StoreDownError
from matcher.domain.invitation import Scope
from matcher.domain.report import Decision
from matcher.domain.versions import Publication
from matcher.settings.model import Settings
from matcher.state.rules_history import RulesHistory
from matcher.store.backing import Backing, back
from matcher.store.leases import Leases
from matcher.store.rulebook import Rulebook
from matcher.store.vault import day_of, put
from tests.integration.worker import processes
from tests.telling import desk_of, tell
from tests.waiting import until
from tests.world import World
from worker.clock import SOON, Clock, duties
from worker.duties import Duty, do_all

GATHER = timedelta(seconds=1)
NOWHERE = "unix:///nowhere/no.sock"


@pytest.fixture
def backing(settings: Settings) -> Backing:
    return back(settings)


def _clock(backing: Backing, *jobs: Duty) -> Clock:
    return Clock(backing.clock, Leases(backing), jobs, gather=GATHER)


def _noting(backing: Backing, name: str, done: list[str]) -> Clock:
    """Build a clock whose one duty is to note its name."""
    return _clock(backing, Duty(name, lambda _: done.append(name), every=GATHER))


def test_two_clocks_never_do_things_twice(backing: Backing) -> None:
    done: list[str] = []
    first, second = _noting(backing, "first", done), _noting(backing, "second", done)

    for clock in (first, second, second):
        clock.beat()

    assert done == ["first"]


def test_what_is_about_one_machine_every_clock_does(backing: Backing) -> None:
    done: list[str] = []
    clocks = [
        _clock(
            backing,
            Duty("vault", lambda _: done.append("own"), every=GATHER, is_own=True),
            Duty("rules", lambda _: done.append("for all"), every=GATHER),
        )
        for _ in range(2)
    ]

    for clock in clocks:
        clock.beat()

    assert done == ["own", "for all", "own"]


def test_a_vault_is_moved_on_where_another_machines_clock_acts_for_all(
    settings: Settings, tmp_path: Path, line: Redis
) -> None:
    folders = [settings.folders.vault, tmp_path / "elsewhere"]
    machines = [
        back(replace(settings, folders=replace(settings.folders, vault=folder)))
        for folder in folders
    ]
    yesterday = day_of(machines[0].clock.agreed()) - 1
    for folder in folders:
        folder.mkdir(exist_ok=True)
        put(folder, yesterday, b"v" * 32)

    for machine in machines:
        _clock(machine, *duties(machine, line)).beat()

    assert {machine.vault.day() for machine in machines} == {yesterday + 1}


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
    assert line.llen("rq:queue:rounds") == 1


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


def test_published_rules_are_in_force_with_the_next_round(
    backing: Backing, line: Redis
) -> None:
    listed, now = duties(backing, line), backing.clock.now()
    do_all(listed, now)
    text = (backing.settings.folders.config / "rules.toml").read_text("utf-8")
    wanted = Publication(text=text.replace("a_day = 3", "a_day = 4"), reason="-", who="ana")
    RulesHistory(backing.settings).publish(wanted, after=1, at=now)

    do_all(listed, now + SOON)

    rules = Rulebook(backing).read()
    assert rules is not None
    assert rules.offers.a_day == 4


def test_a_history_that_was_written_into_stops_no_other_duty(
    backing: Backing, line: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    (backing.settings.folders.state / "rules-main.json").write_text("[{")

    assert not do_all(duties(backing, line), backing.clock.now())

    assert "rules: DamagedError" in caplog.messages
    assert Rulebook(backing).read() is None
    assert (backing.settings.folders.vault / "vault").exists()


def test_a_clock_with_a_long_interval_holds_its_lease_in_short_terms(
    backing: Backing, redis: Redis
) -> None:
    clock = Clock(backing.clock, Leases(backing), (), gather=timedelta(seconds=120))

    pause = clock.beat()

    assert pause <= timedelta(seconds=5)
    assert redis.pttl(backing.keys("lease:", "clock")) <= 15_000


def test_what_coordinators_decided_a_clock_carries_out_at_its_next_beat(
    world: World, line: Redis
) -> None:
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer))
    clock = _clock(world.backing, *duties(world.backing, line))
    clock.beat()
    desk_of(world).decide(report, Decision.REVOKE)
    before = world.backing.head(peer.visitor.handle)

    clock.beat()

    assert before is not None
    assert world.backing.head(peer.visitor.handle) is None
    assert not world.redis.exists(world.backing.keys("decided"))


def test_when_anything_was_last_asked_for_is_levelled_at_every_beat(
    world: World, line: Redis
) -> None:
    """Else a code and its answers are found to be one person's for as long as it is not."""
    listed, now = duties(world.backing, line), world.now()
    do_all(listed, now)
    name = world.backing.keys("c:", world.seeker().visitor.code_key or "")
    until(lambda: world.redis.object("IDLETIME", name) > 1, "nobody asked for it for a while")

    do_all(listed, now + timedelta(seconds=1))

    assert world.redis.object("IDLETIME", name) <= 1
