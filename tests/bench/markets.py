"""Drawn pools for benches, what rounds over them come to, and the marks beside that."""

import math
from dataclasses import dataclass

import numpy as np
from rich.console import Console

from matcher.domain.rules import Rules
from matcher.engine.building import Wanted
from matcher.engine.crowd import draw_crowd
from matcher.engine.matrices import Ints
from matcher.engine.plan import arranged, wanted_of
from matcher.engine.population import DRAWN_AT

PEERS_EACH = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """A drawn pool, as our rounds and their rivals start from it."""

    wanted: Wanted
    places: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """What a round came to."""

    total: float
    people: int
    bound: float = math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark, the figure beside it, and whether it is reached."""

    name: str
    figure: str
    is_reached: bool


def market(n_seekers: int, seed: int) -> Market:
    """Draw a pool with 0.3 peers a seeker."""
    drawn = draw_crowd(n_seekers, max(1, int(n_seekers * PEERS_EACH)), seed)
    people = arranged(drawn, np.random.default_rng(seed))
    return Market(
        wanted=wanted_of(people, rules=Rules(), now=DRAWN_AT), places=people.free.copy()
    )


def tell(marks: list[Mark]) -> None:
    """Print each mark, reached or not."""
    for mark in marks:
        Console().print(
            f"{'reached    ' if mark.is_reached else 'NOT reached'} {mark.name}: {mark.figure}"
        )
