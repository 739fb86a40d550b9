"""A lease held in short terms: renewed while work goes on, gone soon after its holder."""

from datetime import timedelta

import pytest

from matcher.settings.model import Settings
from matcher.store.backing import Backing, back
from matcher.store.leases import Leases
from tests.waiting import until
from worker.holding import holding

MOST = timedelta(seconds=30)


@pytest.fixture
def backing(settings: Settings) -> Backing:
    return back(settings)


def _left(backing: Backing) -> int:
    return int(backing.store.command("PTTL", backing.keys("lease:", "round")))


def test_a_held_lease_is_nobody_else_s_until_the_block_ends(backing: Backing) -> None:
    with (
        holding(Leases(backing), "round", most=MOST) as first,
        holding(Leases(backing), "round", most=MOST) as second,
    ):
        assert first is not None
        assert second is None

    with holding(Leases(backing), "round", most=MOST) as third:
        assert third is not None
        assert third > first


def test_a_lease_is_renewed_while_work_goes_on(backing: Backing) -> None:
    with holding(Leases(backing), "round", most=timedelta(seconds=1.2)):
        until(lambda: _left(backing) < 1_000, "time passing")

        until(lambda: _left(backing) > 1_000, "a renewal")


def test_a_killed_holder_blocks_nobody_for_long(backing: Backing) -> None:
    with holding(Leases(backing), "round", most=timedelta(hours=1)):
        assert _left(backing) <= 10_000
