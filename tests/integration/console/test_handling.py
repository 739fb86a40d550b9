"""What the console does about reports with the rights it has, and what is left to the clock."""

from datetime import timedelta

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind
from matcher.domain.coordinator import OPERATOR
from matcher.domain.report import Decision
from matcher.store.backing import at
from matcher.store.verdicts import VerdictRecord, Verdicts
from tests.telling import carry_out, tell
from tests.world import World


def test_the_console_leaves_what_it_decides_sealed_and_touches_nobody(
    console: ConsoleServices, world: World
) -> None:
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer))
    before = world.redis.hgetall(world.backing.keys("h:", peer.visitor.handle))

    console.reports.decide(report, Decision.SUSPEND, OPERATOR)

    assert world.redis.hgetall(world.backing.keys("h:", peer.visitor.handle)) == before
    (left,) = world.redis.hvals(world.backing.keys("decided"))
    assert peer.visitor.handle.encode() not in left


def test_every_verdict_is_as_long_as_any_other(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer))
    until, verdicts = world.now() + timedelta(days=1), Verdicts(world.backing)
    handle = peer.visitor.handle
    least = VerdictRecord(handle, "0" * 16)
    most = VerdictRecord(handle, "0" * 16, f"{10**11}.000", f"{10**11}.000", is_revoked=True)

    sealed = [verdicts.sealed(report, one, until=until) for one in (least, most)]

    assert len(sealed[0]) == len(sealed[1])


def test_a_decision_that_was_cut_short_is_made_by_whoever_comes_next_and_once(
    console: ConsoleServices, world: World
) -> None:
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer))
    what = {"decision": Decision.REST.value, "report": report}

    for _ in range(2):
        console.oversight.do(ActKind.DECIDE_REPORT, OPERATOR, what=what)
        carry_out(world)

    assert console.reports.waiting() == ()
    assert _holds(world, peer.visitor.handle).count(":") == 1


def test_a_clock_that_comes_too_late_carries_nothing_out_again(
    console: ConsoleServices, world: World
) -> None:
    seeker, peer = world.seeker(), world.peer()
    report, handle = tell(world, seeker, world.room(seeker, peer)), peer.visitor.handle
    console.reports.decide(report, Decision.SUSPEND, OPERATOR)
    name = world.backing.keys("decided")
    (sealed,) = world.redis.hvals(name)
    carry_out(world)
    held = _holds(world, handle)

    late = (report, sealed, handle, "another", at(world.now() + timedelta(days=1)), "")
    done = world.backing.step("enact", *late, now=world.now())

    assert (done, world.redis.exists(name)) == (0, 0)
    assert _holds(world, handle) == held


def _holds(world: World, handle: str) -> str:
    """Read what holds somebody, each as `name:end,`."""
    (holds,) = world.redis.hmget(world.backing.keys("h:", handle), "holds")
    return str(holds)
