"""An offer: two people, a deadline, and what each has said so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from matcher.domain.card import Card
from matcher.domain.profile import LookIn, Role

OfferId = NewType("OfferId", str)

LOOK_INS_A_DEADLINE = 2
LONGEST_ANSWER = LOOK_INS_A_DEADLINE * LookIn.WEEKLY.every


class Reply(StrEnum):
    """What one side has answered."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A proposed pair as one of its sides sees it, open until `deadline` (aware, UTC)."""

    id: OfferId
    side: Role
    card: Card
    deadline: datetime
    replies: Mapping[Role, Reply]

    @property
    def is_asking(self) -> bool:
        """Tell whether the answer of `side` is wanted now: the seeker's only after a yes."""
        if self.replies[self.side] is not Reply.WAITING:
            return False
        return self.side is Role.PEER or self.replies[Role.PEER] is Reply.ACCEPTED


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTimes:
    """How long an offer waits: when both are here live, and the least time otherwise."""

    both_here: timedelta
    least: timedelta


def answer_time(look_in: LookIn, *, are_both_here: bool, times: AnswerTimes) -> timedelta:
    """Give a side two look-ins for an answer, or minutes when both are here live.

    The other side's look-ins do not count: a deadline would tell them.
    """
    if are_both_here:
        return times.both_here
    return max(times.least, LOOK_INS_A_DEADLINE * look_in.every)
