"""What holds for every round, whoever is in the pool."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.barriers import Pair, allows
from matcher.domain.profile import Handle, Lived
from matcher.domain.rules import Priority, Rules, Weights
from matcher.engine import candidates, society
from matcher.engine.candidates import Search, search
from matcher.engine.constraints import Constraints
from matcher.engine.explain import explain, shared_needs
from matcher.engine.fences import Sides
from matcher.engine.plan import Plan, plan_round
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
    scorer = scorer_of(people, used)
    wanted = Search(
        scorer=scorer,
        constraints=Constraints.of(
            Sides(
                people=people_of(
                    [seeker.profile for seeker in people.seekers],
                    [peer.profile for peer in people.peers],
                    wild.NEEDS,
                ),
                musts=used.musts,
            )
        ),
        barred=np.zeros((0, 2), dtype=np.int64),
        turn=np.array([0.5**peer.missed for peer in people.peers]),
        floor=used.floor,
        most=most,
    )

    found = search(wanted)

    for row, seeker in enumerate(people.seekers):
        worth = scorer.worth(slice(row, row + 1))
        allowed = [
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
        ]
        ranks = {column: worth.score[0, column] * wanted.turn[column] for column in allowed}
        best = sorted(ranks.values(), reverse=True)[:most]
        chosen = found.scores.indices[found.scores.indptr[row] : found.scores.indptr[row + 1]]
        assert set(chosen.tolist()) <= set(allowed)
        assert sorted((ranks[c] for c in chosen), reverse=True) == pytest.approx(best)


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


def test_a_round_in_small_blocks_is_the_round_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    people, needs = draw(60, 25, 3), society.catalogue()
    whole = plan_round(people, needs=needs, rules=Rules(), now=DRAWN_AT)
    monkeypatch.setattr(candidates, "PAIRS_A_BLOCK", 100)

    in_blocks = plan_round(people, needs=needs, rules=Rules(), now=DRAWN_AT)

    assert names(in_blocks) == names(whole)
    assert in_blocks.blocked == whole.blocked
    assert in_blocks.total == pytest.approx(whole.total)


def test_the_seed_never_changes_what_a_round_is_worth() -> None:
    people, needs = draw(60, 25, 5), society.catalogue()

    plans = [
        plan_round(
            people,
            needs=needs,
            rules=Rules(priority=Priority(waiting_bonus=0.0)),
            now=DRAWN_AT,
            seed=seed,
        )
        for seed in range(4)
    ]

    assert [plan.total for plan in plans] == pytest.approx([plans[0].total] * 4)


def names(plan: Plan) -> list[tuple[Handle, Handle]]:
    return [(pair.seeker, pair.peer) for pair in plan.pairs]
