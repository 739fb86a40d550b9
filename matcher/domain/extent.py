"""How far rules are tried: on which share of rounds, for how long, and when it is enough."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from matcher.domain.noise import Chance

LEAST_SHARE, MOST_SHARE = 5, 50
LEAST_DAYS, MOST_DAYS = 7, 42
MOST_BOUND = 50

STRETCH_DAYS = 3
"""Sums of a trial are looked at when so many days are over: the fewer looks, the less noise."""


class Arm(StrEnum):
    """By which rules a round goes."""

    LIVE = "live"
    TRIED = "tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How rules are tried: by so many of a hundred rounds, for so many days.

    The trial ends by itself once more than `bound` fewer of a hundred are offered somebody
    than by the rules in force, of all together or of those worst off, by more than chance.
    """

    share: int = 20
    days: int = 14
    bound: int = 5

    @property
    def looks(self) -> int:
        """Say how often the sums may be looked at before the end: each time is a new chance."""
        return ceil(self.days / STRETCH_DAYS) + 1

    def draw(self, chance: Chance) -> Arm:
        """Draw by which rules a round goes."""
        return Arm.TRIED if chance.below(100) < self.share else Arm.LIVE
