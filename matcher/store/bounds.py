"""How long records can live at most, whatever becomes of them."""

from datetime import timedelta

from matcher.domain.offer import LONGEST_ANSWER
from matcher.settings.model import Lifetimes


def ticket_most(lifetimes: Lifetimes) -> timedelta:
    """Bound how long a ticket can hold, and so a mark that it is spent has to be kept."""
    after_room = lifetimes.room_most + lifetimes.after_room
    return max(lifetimes.place_most, lifetimes.peer, after_room) + lifetimes.grain


def stay_most(lifetimes: Lifetimes) -> timedelta:
    """Bound how long anything of one person can be kept without their coming back.

    A peer's yes keeps what the room needs that may come of it, however short a place is.
    """
    after_yes = 2 * LONGEST_ANSWER + lifetimes.room_slow + lifetimes.after_room
    return max(ticket_most(lifetimes), after_yes + lifetimes.grain)


def capsule_most(lifetimes: Lifetimes) -> timedelta:
    """Bound how long a capsule lives: the longest room, its time in whole days, and a report.

    All of them do, whatever their room and report take, in whole multiples of that time.
    """
    return tell_most(lifetimes) + lifetimes.report + lifetimes.capsule


def tell_most(lifetimes: Lifetimes) -> timedelta:
    """Bound how long the team can be told about a room: its own life, and a time after it."""
    whole_days = lifetimes.capsule + lifetimes.capsule / 7
    return lifetimes.room_most + lifetimes.grain + whole_days
