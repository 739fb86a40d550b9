"""What coordinators are told to look at."""

import pytest

from matcher.domain.alarms import Wait, declined, is_growing, recruit
from matcher.domain.cover import Shown
from matcher.domain.needs import NeedId
from matcher.domain.shares import Share, share_of
from matcher.domain.waits import WaitBand

A, B, C = NeedId("g/a"), NeedId("g/b"), NeedId("g/c")
SHORT = Wait(median=WaitBand.HOURS, most=WaitBand.DAY)
LONG = Wait(median=WaitBand.HOURS, most=WaitBand.DAYS)


def test_needs_that_nobody_or_hardly_anybody_is_there_for_come_most_asked_first() -> None:
    asking: Shown = {A: None, B: 20, C: 60}
    giving: Shown = {A: 40, B: None}

    assert recruit([A, B, C], asking, giving, doubt=10) == [C, B]


def test_what_noise_may_have_made_of_nobody_is_an_alarm_too() -> None:
    assert recruit([A], {}, {A: 20}, doubt=10) == [A]
    assert recruit([A], {}, {A: 25}, doubt=10) == []


@pytest.mark.parametrize(
    ("now", "before", "grows"),
    [(LONG, SHORT, True), (SHORT, LONG, False), (SHORT, SHORT, False), (None, SHORT, False)],
)
def test_waits_grow_when_the_middle_or_the_longest_does(
    now: Wait | None, before: Wait | None, *, grows: bool
) -> None:
    assert is_growing(now, before) is grows
    assert not is_growing(now, None)


def test_a_need_is_declined_more_often_only_beyond_chance() -> None:
    noes: dict[NeedId, Share] = {}
    for need, part in ((A, 90), (B, 42), (C, 20)):
        told = share_of(part, 200, noise=0)
        assert told is not None
        noes[need] = told

    assert list(declined(noes, share_of(400, 2_000, noise=0))) == [A]
    assert list(declined(noes, None)) == []
