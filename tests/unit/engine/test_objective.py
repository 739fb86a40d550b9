"""What a round aims at: most people means most people, fair raises who is worst off."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from matcher.domain.rules import Objective, Priority, Rules
from matcher.engine import objective
from matcher.engine.building import Wanted, build
from matcher.engine.crowd import Crowd, draw_crowd
from matcher.engine.fairness import worst_off
from matcher.engine.matrices import Floats, Ints
from matcher.engine.pairing import STRICT, Effort, Paired, pair_up
from matcher.engine.plan import Plan, arranged, plan_crowd, wanted_of
from matcher.engine.pool import Pool
from matcher.engine.population import DRAWN_AT
from tests.unit.engine import pools

BEST, MOST, FAIR = (Rules(objective=aim) for aim in Objective)


def asked_of(people: Crowd) -> Wanted:
    return wanted_of(people, rules=BEST, now=DRAWN_AT)


def most_people(people: Crowd) -> int:
    """Count how many could be paired at most, whatever it is worth."""
    worth = pools.plainly(asked_of(people)) > 0
    seats = np.repeat(worth, np.minimum(people.free, len(worth)), axis=1)
    found = maximum_bipartite_matching(csr_array(seats), perm_type="column")
    return int((found >= 0).sum())


def worst_rate(people: Crowd, plan: Plan) -> float:
    """Tell how often the worst-off need is met."""
    asked = asked_of(people)
    met = {pair.seeker for pair in plan.pairs}
    found = worst_off(
        asked.scorer.ticked(),
        np.array([handle in met for handle in people.seekers]),
        (pools.plainly(asked) > 0).any(axis=1),
    )
    assert found is not None
    return found.rate


@pytest.mark.parametrize(("n_seekers", "n_peers"), [(300, 60), (300, 150), (120, 200)])
def test_most_people_pairs_about_as_many_as_can_be(n_seekers: int, n_peers: int) -> None:
    people = draw_crowd(n_seekers, n_peers, 8)

    plan = plan_crowd(people, rules=MOST, now=DRAWN_AT)

    assert len(plan.pairs) >= 0.995 * most_people(people)


def test_most_people_pairs_more_than_best_fit_does_where_peers_are_scarce() -> None:
    numbers = []
    for seed in range(3):
        people = draw_crowd(400, 150, seed)
        calm = [replace(rules, priority=Priority(waiting_bonus=0.0)) for rules in (BEST, MOST)]
        plans = [plan_crowd(people, rules=rules, now=DRAWN_AT) for rules in calm]
        numbers.append([len(plan.pairs) for plan in plans])
        best, most = plans
        assert best.total >= (1 - best.gap) * most.total  # as far as the round proves it

    assert all(most >= best for best, most in numbers)
    assert sum(most - best for best, most in numbers) > 0


def test_only_most_people_pays_for_a_pair_itself() -> None:
    turns: Floats = np.array([1.0, 3.5])

    assert objective.bonus(BEST, turns) == objective.bonus(FAIR, turns) == 0
    assert objective.bonus(MOST, turns) > 2 * 3.5  # more than two of the best scores there are
    assert objective.bonus(MOST, np.zeros(0)) > 0


def test_fair_never_leaves_the_worst_off_need_worse_and_often_better() -> None:
    rates = []
    for seed in range(6):
        people = draw_crowd(300, 60, seed)
        plans = [plan_crowd(people, rules=rules, now=DRAWN_AT) for rules in (BEST, FAIR)]
        rates.append([worst_rate(people, plan) for plan in plans])

    assert all(fair >= best for best, fair in rates)
    assert sum(fair > best for best, fair in rates) >= 3


def test_a_fair_round_tells_the_counts_and_the_gap_of_a_round() -> None:
    people = arranged(draw_crowd(200, 60, 2), np.random.default_rng(1))
    asked = asked_of(people)
    pool = build(replace(asked, bonus=0.0))

    plain = pair_up(pool, people.free, STRICT)
    fair = objective.pair_fairly(pool, people.free, STRICT, asked.scorer.ticked())

    assert (fair.blocked, fair.below_floor) == (plain.blocked, plain.below_floor)
    assert 0 <= fair.assignment.gap <= STRICT.loss


@pytest.mark.parametrize("seed", range(3))
def test_of_all_rounds_that_were_tried_the_fairest_is_kept(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    people = draw_crowd(300, 60, seed)
    asked, tried = asked_of(people), list[Paired]()
    reachable, ticks = (pools.plainly(asked) > 0).any(axis=1), asked.scorer.ticked()

    def listed(pool: Pool, places: Ints, effort: Effort) -> Paired:
        tried.append(pair_up(pool, places, effort))
        return tried[-1]

    monkeypatch.setattr(objective, "pair_up", listed)
    kept = objective.pair_fairly(build(asked), people.free, STRICT, ticks)

    worst = [worst_off(ticks, one.assignment.columns >= 0, reachable) for one in tried]
    rates = [found.rate for found in worst if found is not None]
    assert len(rates) == len(tried) > 1
    assert [one is kept for one in tried].index(True) == rates.index(max(rates))
