"""Parts of somebody's day: asked as local time, kept only as blocks of UTC."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from matcher.domain.profile import BLOCK_HOURS, BLOCKS_A_DAY

HOURS_A_DAY = 24
_MINUTES_AN_HOUR = 60


class DayPart(StrEnum):
    """A quarter of somebody's own day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


_FIRST_BLOCK = {
    DayPart.NIGHT: 0,
    DayPart.MORNING: 2,
    DayPart.AFTERNOON: 4,
    DayPart.EVENING: 6,
}
_BLOCKS_A_PART = 2


def blocks_ahead(local_hour: int, now: datetime) -> int:
    """Say by how many blocks somebody's clock is ahead of UTC, rounded to whole ones.

    The clock is asked for this once; what remains of it says no more than a wide zone.
    """
    utc_hours = now.hour + now.minute / _MINUTES_AN_HOUR
    ahead = (local_hour - utc_hours) % HOURS_A_DAY
    return round(ahead / BLOCK_HOURS) % BLOCKS_A_DAY


def utc_blocks(parts: Iterable[DayPart], ahead: int) -> frozenset[int]:
    """Turn parts of somebody's day into blocks of UTC."""
    return frozenset(
        (_FIRST_BLOCK[part] + nth - ahead) % BLOCKS_A_DAY
        for part in parts
        for nth in range(_BLOCKS_A_PART)
    )
