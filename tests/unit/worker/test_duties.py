"""Duties: what is due is done, what fails is tried again and told once."""

from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.errors import StoreDownError
from worker.duties import Duty, do_all

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Sometimes:
    """Something that fails for as long as it is told to."""

    def __init__(self) -> None:
        self.fails = False
        self.times = 0

    def act(self, _: datetime) -> None:
        """Count, and fail."""
        self.times += 1
        if self.fails:
            raise StoreDownError("canary")


def test_a_duty_is_done_at_once_and_then_when_it_is_due() -> None:
    something = Sometimes()
    duty = Duty("something", something.act, every=MINUTE)

    for moment in (NOON, NOON + MINUTE / 2, NOON + MINUTE, NOON + 1.5 * MINUTE):
        assert duty.do(moment)

    assert something.times == 2


def test_a_failure_is_told_once_and_so_is_its_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    something = Sometimes()
    duty = Duty("something", something.act, every=MINUTE)
    something.fails = True
    assert [duty.do(NOON), duty.do(NOON), duty.do(NOON)] == [False] * 3

    something.fails = False
    assert duty.do(NOON)

    assert caplog.messages == ["something: StoreDownError", "something: well again"]


def test_every_duty_is_done_even_when_an_earlier_one_fails() -> None:
    failing, other = Sometimes(), Sometimes()
    failing.fails = True

    went_well = do_all(
        [
            Duty("failing", failing.act, every=MINUTE),
            Duty("other", other.act, every=MINUTE),
        ],
        NOON,
    )

    assert not went_well
    assert other.times == 1
