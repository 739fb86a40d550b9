"""What holds for every round, whoever is in the pool."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.barriers import Pair, allows
from matcher.domain.profile import Lived
from matcher.domain.rules import OfferRules, Priority, Rules, Weights
from matcher.engine import society
from matcher.engine.building import Wanted, build
from matcher.engine.candidates import best
from matcher.engine.constraints import Constraints
from matcher.engine.explain import explain, shared_needs
from matcher.engine.fences import Sides
from matcher.engine.plan import plan_round
from matcher.engine.population import DRAWN_AT, Population, draw
from matcher.engine.profiles import people_of
from matcher.engine.scoring import Scorer
from tests.builders import NOON
from tests.unit.engine import wild

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(0, 12)


def rules(seed: int) -> Rules:
    rng = np.random.default_rng(seed)
    weights = Weights(
        needs={name: float(rng.uniform(0, 3)) for name in wild.NAMES},
        main=float(rng.uniform(0, 5)),
    )
    return Rules(musts=wild.musts(seed), weights=weights, floor=float(rng.uniform(0, 0.6)))


def scorer_of(people: Population, used: Rules) -> Scorer:
    return Scorer.of(
        [seeker.profile for seeker in people.seekers],
        [peer.profile for peer in people.peers],
        needs=wild.NEEDS,
        rules=used,
    )


def wanted_of(people: Population, used: Rules) -> Wanted:
    seekers = [seeker.profile for seeker in people.seekers]
    both = people_of(seekers, [peer.profile for peer in people.peers], wild.NEEDS)
    return Wanted(
        scorer=Scorer.on(both, used),
        constraints=Constraints.of(Sides(people=both, musts=used.musts)),
        barred=np.zeros((0, 2), dtype=np.int64),
        turn=np.array([0.5**peer.missed for peer in people.peers]),
        urgency=np.linspace(1, 2, len(seekers)),
        floor=np.full(len(seekers), used.floor),
    )


@settings(max_examples=150, deadline=None)
@given(sizes, sizes, seeds)
def test_a_round_keeps_every_rule_and_every_capacity(
    n_seekers: int, n_peers: int, seed: int
) -> None:
    people, used = wild.population(n_seekers, n_peers, seed), rules(seed)

    plan = plan_round(people, needs=wild.NEEDS, rules=used, now=NOON, seed=seed)

    seekers = {seeker.handle: seeker.profile for seeker in people.seekers}
    peers = {peer.handle: peer for peer in people.peers}
    taken = Counter(pair.peer for pair in plan.pairs)
    assert len({pair.seeker for pair in plan.pairs}) == len(plan.pairs)
    assert all(taken[handle] <= peers[handle].free for handle in taken)
    for pair in plan.pairs:
        seeker, peer = seekers[pair.seeker], peers[pair.peer].profile
        assert (pair.seeker, pair.peer) not in people.barred
        assert allows(Pair(seeker=seeker, peer=peer, needs=wild.NEEDS, musts=used.musts))
        assert set(pair.best_first) <= set(seeker.needs)
        assert all(peer.lived[need].lived > Lived.NOT_AT_ALL for need in pair.best_first)
        assert pair.best_first or seeker.just_talks or used.floor == 0
        assert pair.score > 0


@settings(max_examples=60, deadline=None)
@given(sizes, sizes, seeds)
def test_candidates_are_the_best_that_may_meet(n_seekers: int, n_peers: int, seed: int) -> None:
    people, used, most = wild.population(n_seekers, n_peers, seed), rules(seed), 3
    wanted = wanted_of(people, used)

    found = best(build(wanted), np.arange(n_seekers), most)

    for row, seeker in enumerate(people.seekers):
        worth = wanted.scorer.worth(slice(row, row + 1))
        turns = worth.score[0] * wanted.turn * wanted.urgency[row]
        allowed = {
            column
            for column, peer in enumerate(people.peers)
            if worth.said[0, column] >= used.floor
            and worth.score[0, column] > 0
            and allows(
                Pair(
                    seeker=seeker.profile,
                    peer=peer.profile,
                    needs=wild.NEEDS,
                    musts=used.musts,
                )
            )
        }
        truly = sorted((turns[column] for column in allowed), reverse=True)[:most]
        entries = slice(found.indptr[row], found.indptr[row + 1])
        chosen = found.indices[entries].tolist()
        assert set(chosen) <= allowed
        assert [turns[column] for column in chosen] == pytest.approx(truly, abs=5e-5)
        assert found.data[entries].tolist() == pytest.approx(truly, abs=5e-5)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 12), sizes, seeds)
def test_some_seekers_find_the_same_alone_as_among_all(
    n_seekers: int, n_peers: int, seed: int
) -> None:
    pool = build(wanted_of(wild.population(n_seekers, n_peers, seed), rules(seed)))
    some = np.arange(0, n_seekers, 2)

    whole, part = best(pool, np.arange(n_seekers), 3), best(pool, some, 3)

    assert (whole[some] != part).nnz == 0


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 8), st.integers(1, 40), seeds)
def test_the_parts_of_a_score_add_up_to_it(n_seekers: int, n_peers: int, seed: int) -> None:
    people, used = wild.population(n_seekers, n_peers, seed), rules(seed)
    scorer = scorer_of(people, used)

    scores = scorer.worth(slice(0, n_seekers)).score

    for row, column in np.ndindex(scores.shape):
        told = explain(scorer, row, column)
        assert told.total == pytest.approx(scores[row, column], abs=1e-9)
        assert told.best_first == shared_needs(scorer, row, column)
        assert list(told.needs.values()) == sorted(told.needs.values(), reverse=True)
        assert all(term >= 0 for term in told.terms.values())


@settings(max_examples=30, deadline=None)
@given(sizes, sizes, seeds)
def test_the_same_arguments_give_the_same_plan(n_seekers: int, n_peers: int, seed: int) -> None:
    people, used = wild.population(n_seekers, n_peers, seed), rules(seed)

    plans = [
        plan_round(people, needs=wild.NEEDS, rules=used, now=NOON, seed=seed) for _ in range(2)
    ]

    assert plans[0] == plans[1]


def test_the_seed_changes_what_a_round_is_worth_by_no_more_than_its_gap() -> None:
    people, needs = draw(60, 25, 5), society.catalogue()
    plain = Rules(
        priority=Priority(waiting_bonus=0.0, rare_needs=0.0), offers=OfferRules(draw_among=1)
    )

    plans = [
        plan_round(people, needs=needs, rules=plain, now=DRAWN_AT, seed=seed)
        for seed in range(4)
    ]

    most = max(plan.total for plan in plans)
    assert all(0 <= plan.gap <= 1e-3 for plan in plans)
    assert all(plan.total >= most * (1 - plan.gap) - 1e-4 for plan in plans)
