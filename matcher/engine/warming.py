"""Compiles the engine ahead of the first round, for a process that is about to fork."""

from matcher.domain.rules import Objective, OfferRules, Rules
from matcher.engine import society
from matcher.engine.plan import plan_round
from matcher.engine.population import DRAWN_AT, draw


def warm() -> None:
    """Compile everything a round runs, or load what an earlier process compiled.

    Notes
    -----
    Some 30 s the very first time, less than 2 s from the cache. Starts no thread.
    """
    rules = Rules(objective=Objective.FAIR, offers=OfferRules(draw_among=2))
    plan_round(draw(8, 8, 0), needs=society.catalogue(), rules=rules, now=DRAWN_AT)
