"""After warming no round compiles anything, not even the smallest or the most demanding."""

import pytest
from numba.core.registry import CPUDispatcher

from matcher.domain.rules import Objective, OfferRules, Rules
from matcher.engine import auction, fencing, lottery, scan, shortlist, society, worth
from matcher.engine.plan import plan_round
from matcher.engine.population import DRAWN_AT, draw
from matcher.engine.warming import warm

MODULES = (auction, fencing, lottery, scan, shortlist, worth)
SIZES = [(0, 0), (0, 3), (3, 0), (1, 1), (1, 9), (9, 1), (70, 200)]


def compiled_forms() -> dict[str, int]:
    """Count for how many kinds of arguments each function is compiled."""
    return {
        f"{module.__name__}.{name}": len(found.signatures)
        for module in MODULES
        for name, found in vars(module).items()
        if isinstance(found, CPUDispatcher)
    }


@pytest.mark.parametrize("aim", Objective)
def test_after_warming_a_round_of_any_size_compiles_nothing(aim: Objective) -> None:
    rules = Rules(objective=aim, offers=OfferRules(draw_among=3))
    warm()
    before = compiled_forms()

    for n_seekers, n_peers in SIZES:
        people = draw(n_seekers, n_peers, 3)
        plan_round(people, needs=society.catalogue(), rules=rules, now=DRAWN_AT)

    assert sum(before.values()) >= 5  # what Python calls; what these call is part of them
    assert compiled_forms() == before
