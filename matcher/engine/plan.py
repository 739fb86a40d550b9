"""The whole round: from the people of one pool to the pairs that are worth an offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.needs import NeedId, Needs
from matcher.domain.profile import Handle
from matcher.domain.rules import Barrier, Rules
from matcher.engine.population import Population


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPair:
    """Two people worth an offer.

    `score` is what the pair is worth by the rules, before waiting raises its turn;
    `best_first` are the needs both share, the one that contributes most first.
    """

    seeker: Handle
    peer: Handle
    score: float
    best_first: tuple[NeedId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one round proposes.

    `blocked` counts, for each barrier, the pairs of people that it alone kept apart;
    `total` is the sum of the pairs' scores.
    """

    pairs: tuple[PlannedPair, ...]
    blocked: Mapping[Barrier, int]
    total: float


def plan_round(
    population: Population, *, needs: Needs, rules: Rules, now: datetime, seed: int = 0
) -> Plan:
    """Pair the people of one pool as well as their capacities allow."""
    raise NotImplementedError
