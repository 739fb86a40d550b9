"""How long people waited who found somebody: a range in rough steps, from sums with noise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import accumulate

from matcher.domain.cover import LEAST

MIDDLE = (0.2, 0.8)
"""Between these shares of people lies what "most" waited."""


class WaitBand(StrEnum):
    """A length of waiting, as rough as it is ever told; each begins where the last one ends."""

    HOURS = "hours"
    HALF_DAY = "half-day"
    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    LONGER = "longer"


_BEGINS = {
    WaitBand.HOURS: timedelta(0),
    WaitBand.HALF_DAY: timedelta(hours=3),
    WaitBand.DAY: timedelta(hours=12),
    WaitBand.DAYS: timedelta(days=1),
    WaitBand.WEEK: timedelta(days=3),
    WaitBand.LONGER: timedelta(days=7),
}
_BANDS = tuple(WaitBand)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualWait:
    """How long most people waited; `least` is None from nothing on, `most` where it is open."""

    least: timedelta | None
    most: timedelta | None


def band_of(wait: timedelta) -> WaitBand:
    """Say in which band a wait lies."""
    return next(band for band in reversed(_BANDS) if wait >= _BEGINS[band] or band is _BANDS[0])


def usual(sums: Mapping[WaitBand, int], *, doubt: float) -> UsualWait | None:
    """Read the usual wait off noised sums by band; None where too few people are in them.

    `doubt` is by how much the noise of all sums together may have raised them.
    """
    found = bands_at(sums, MIDDLE, doubt=doubt)
    if found is None:
        return None
    low, high = found
    after = _BANDS.index(high) + 1
    return UsualWait(
        least=_BEGINS[low] or None,
        most=_BEGINS[_BANDS[after]] if after < len(_BANDS) else None,
    )


def bands_at(
    sums: Mapping[WaitBand, int], shares: Sequence[float], *, doubt: float
) -> list[WaitBand] | None:
    """Say in which band each share of people is reached; None where too few are in them."""
    if sum(sums.values()) < LEAST + doubt:
        return None
    counts = [max(0, sums.get(band, 0)) for band in _BANDS]
    return [_band_at(counts, share) for share in shares]


def _band_at(counts: list[int], share: float) -> WaitBand:
    reached = share * sum(counts)
    sums = zip(_BANDS, accumulate(counts), strict=True)
    return next(band for band, up_to in sums if up_to >= reached)
