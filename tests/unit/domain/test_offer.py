"""How long an offer waits, and whose turn it is."""

from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.card import Card
from matcher.domain.offer import AnswerTimes, Offer, OfferId, Reply, answer_time
from matcher.domain.profile import Format, Language, LookIn, Role
from matcher.domain.room import RoomKind, room_kind

TIMES = AnswerTimes(both_here=timedelta(minutes=10), least=timedelta(hours=24))


@pytest.mark.parametrize(
    ("look_in", "days"),
    [(LookIn.DAILY, 2), (LookIn.FEW_DAYS, 6), (LookIn.WEEKLY, 14)],
)
def test_each_side_has_two_look_ins_of_their_own(look_in: LookIn, days: int) -> None:
    waits = answer_time(look_in, are_both_here=False, times=TIMES)

    assert waits == timedelta(days=days)


def test_an_offer_waits_minutes_when_both_are_here() -> None:
    waits = answer_time(LookIn.WEEKLY, are_both_here=True, times=TIMES)

    assert waits == TIMES.both_here


def test_no_offer_waits_less_than_the_least_time() -> None:
    patient = AnswerTimes(both_here=TIMES.both_here, least=timedelta(days=5))

    waits = answer_time(LookIn.DAILY, are_both_here=False, times=patient)

    assert waits == timedelta(days=5)


def _offer(side: Role, peer: Reply, seeker: Reply) -> Offer:
    return Offer(
        id=OfferId("o1"),
        side=side,
        card=Card(languages=frozenset({Language("en")}), kind=RoomKind.SLOW),
        deadline=datetime(2026, 1, 1, tzinfo=UTC),
        replies={Role.PEER: peer, Role.SEEKER: seeker},
    )


@pytest.mark.parametrize(
    ("peer", "seeker", "asked"),
    [
        (Reply.WAITING, Reply.WAITING, Role.PEER),
        (Reply.ACCEPTED, Reply.WAITING, Role.SEEKER),
        (Reply.ACCEPTED, Reply.ACCEPTED, None),
        (Reply.DECLINED, Reply.WAITING, None),
        (Reply.ACCEPTED, Reply.DECLINED, None),
    ],
)
def test_the_peer_is_asked_first_and_the_seeker_only_after_a_yes(
    peer: Reply, seeker: Reply, asked: Role | None
) -> None:
    asking = [side for side in Role if _offer(side, peer, seeker).is_asking]

    assert asking == ([asked] if asked else [])


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (Format.EITHER, Format.EITHER, RoomKind.SLOW),
        (Format.EITHER, Format.NOW_AND_THEN, RoomKind.SLOW),
        (Format.EITHER, Format.LIVE, RoomKind.LIVE),
        (Format.LIVE, Format.LIVE, RoomKind.LIVE),
        (Format.LIVE, Format.NOW_AND_THEN, None),
    ],
)
def test_how_two_people_talk_follows_from_what_both_want(
    one: Format, other: Format, kind: RoomKind | None
) -> None:
    assert room_kind(one, other) is kind
    assert room_kind(other, one) is kind
