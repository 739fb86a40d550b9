"""A lease held in short terms: renewed while work goes on, gone soon after its holder."""

from datetime import timedelta
from threading import active_count

import pytest
from msgspec import structs

from matcher.settings.model import RoundTimes, Settings
from matcher.settings.toml_file import Duration
from matcher.store.backing import Backing, back
from matcher.store.leases import Leases
from tests.waiting import until
from worker.holding import holding

TERM = timedelta(seconds=1)
LONG = Duration(seconds=3)
TIMES = RoundTimes(
    gather=Duration(seconds=1),
    every=Duration(seconds=1),
    lease=Duration(seconds=1),
    longest=Duration(seconds=30),
)


@pytest.fixture
def backing(settings: Settings) -> Backing:
    return back(settings)


def _left(backing: Backing) -> int:
    return int(backing.store.command("PTTL", backing.keys("lease:", "round")))


def _lose(backing: Backing) -> None:
    """Let a lease run out, as while its holder is suspended."""
    backing.store.command("DEL", backing.keys("lease:", "round"))


def test_a_held_lease_is_nobody_else_s_until_the_block_ends(backing: Backing) -> None:
    with (
        holding(Leases(backing), "round", TIMES) as first,
        holding(Leases(backing), "round", TIMES) as second,
    ):
        assert first is not None
        assert second is None

    with holding(Leases(backing), "round", TIMES) as third:
        assert third is not None
        assert third > first


def test_a_lease_is_renewed_while_work_goes_on(backing: Backing) -> None:
    with holding(Leases(backing), "round", TIMES):
        until(lambda: _left(backing) < 800, "time passing")

        until(lambda: _left(backing) > 800, "a renewal")


def test_a_lease_is_renewed_beside_work_that_never_waits(backing: Backing) -> None:
    looker = Leases(backing)
    with holding(Leases(backing), "round", structs.replace(TIMES, lease=LONG)):
        end = backing.clock.now() + LONG + TERM
        while backing.clock.now() < end:
            sum(range(200_000))

            assert looker.take("round", TERM) is None


def test_a_killed_holder_blocks_nobody_for_long(backing: Backing) -> None:
    with holding(Leases(backing), "round", TIMES):
        assert _left(backing) <= 1_000


def test_a_lease_that_ran_out_is_taken_up_again_under_the_same_fence(
    backing: Backing,
) -> None:
    leases = Leases(backing)
    fence = leases.take("round", TERM)
    assert fence is not None
    _lose(backing)

    assert leases.renew("round", TERM, fence=fence)
    assert _left(backing) > 0
    assert leases.take("round", TERM) == fence


def test_a_lease_that_somebody_else_has_held_since_is_not_renewed(backing: Backing) -> None:
    late, other = Leases(backing), Leases(backing)
    fence = late.take("round", TERM)
    assert fence is not None
    _lose(backing)

    other.take("round", TERM)
    assert not late.renew("round", TERM, fence=fence)
    other.give_back("round")

    assert not late.renew("round", TERM, fence=fence)
    assert _left(backing) < 0


def test_a_late_holder_stops_renewing_and_takes_nothing_from_the_next(
    backing: Backing,
) -> None:
    other = Leases(backing)
    with holding(Leases(backing), "round", TIMES):
        before = active_count()
        _lose(backing)
        theirs = other.take("round", timedelta(seconds=30))

        until(lambda: active_count() < before, "the renewals ended")

    assert other.take("round", timedelta(seconds=30)) == theirs
