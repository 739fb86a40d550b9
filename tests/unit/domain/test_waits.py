"""How long people usually wait, from sums by band."""

from datetime import timedelta

import pytest

from matcher.domain.waits import UsualWait, WaitBand, band_of, usual

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("wait", "band"),
    [
        (timedelta(seconds=-1), WaitBand.HOURS),
        (timedelta(0), WaitBand.HOURS),
        (3 * HOUR, WaitBand.HALF_DAY),
        (DAY - timedelta(seconds=1), WaitBand.DAY),
        (DAY, WaitBand.DAYS),
        (400 * DAY, WaitBand.LONGER),
    ],
)
def test_every_wait_has_one_band(wait: timedelta, band: WaitBand) -> None:
    assert band_of(wait) is band


def test_most_lies_between_the_outer_fifths() -> None:
    sums = {WaitBand.HOURS: 9, WaitBand.DAY: 40, WaitBand.DAYS: 40, WaitBand.LONGER: 11}

    assert usual(sums, doubt=0) == UsualWait(least=12 * HOUR, most=3 * DAY)


def test_the_ends_are_open() -> None:
    assert usual({WaitBand.HOURS: 50}, doubt=0) == UsualWait(least=None, most=3 * HOUR)
    assert usual({WaitBand.LONGER: 50}, doubt=0) == UsualWait(least=7 * DAY, most=None)


def test_nothing_is_said_about_few_people() -> None:
    assert usual({WaitBand.DAY: 10}, doubt=0) is None
    assert usual({WaitBand.DAY: 11}, doubt=0) is not None
    assert usual({WaitBand.DAY: 30}, doubt=20) is None
    assert usual({}, doubt=0) is None


def test_noise_below_nought_counts_against_the_total_and_takes_no_place() -> None:
    assert usual({WaitBand.DAY: 15, WaitBand.LONGER: -5}, doubt=0) is None
    sums = {WaitBand.DAY: 40, WaitBand.HOURS: -5}
    assert usual(sums, doubt=0) == UsualWait(least=12 * HOUR, most=DAY)
