"""A million difficult pairs: whole columns and the plain rules never judge differently."""

import numpy as np
import pytest

from matcher.domain.barriers import Pair, allows
from matcher.domain.rules import Musts, Rules
from matcher.engine.building import Wanted, build
from matcher.engine.candidates import best
from matcher.engine.constraints import Constraints
from matcher.engine.fences import Sides
from matcher.engine.matrices import Bools
from matcher.engine.population import Population
from matcher.engine.profiles import people_of
from matcher.engine.scoring import Scorer
from tests.properties import difficult
from tests.properties.difficult import NEEDS, YOUTH_MAY_MEET_YOUTH

A_SIDE = 1_000


def in_columns(people: Population, musts: Musts) -> Bools:
    """Say who may meet, for all pairs at once; shape (n_seekers, n_peers)."""
    seekers = [seeker.profile for seeker in people.seekers]
    peers = [peer.profile for peer in people.peers]
    sides = Sides(people=people_of(seekers, peers, NEEDS), musts=musts)
    return Constraints.of(sides).between(slice(0, len(seekers)), n_rows=len(seekers)).may_meet


def in_the_scan(people: Population, musts: Musts) -> Bools:
    """Say whom the compiled scan finds when everybody who may meet is worth something."""
    seekers = [seeker.profile for seeker in people.seekers]
    both = people_of(seekers, [peer.profile for peer in people.peers], NEEDS)
    pool = build(
        Wanted(
            scorer=Scorer.on(both, Rules()),
            constraints=Constraints.of(Sides(people=both, musts=musts)),
            barred=np.zeros((0, 2), dtype=np.int64),
            turn=np.ones(len(people.peers)),
            urgency=np.ones(len(seekers)),
            floor=np.zeros(len(seekers)),
            bonus=1.0,
        )
    )
    found = best(pool, np.arange(len(seekers)), len(people.peers))
    may_meet = np.zeros(found.shape, dtype=np.bool_)
    may_meet[np.repeat(np.arange(len(seekers)), np.diff(found.indptr)), found.indices] = True
    return may_meet


JUDGES = {"columns": in_columns, "scan": in_the_scan}


def one_by_one(people: Population, musts: Musts) -> Bools:
    """Say the same by the plain rules, pair by pair."""
    peers = [peer.profile for peer in people.peers]
    return np.array(
        [
            [
                allows(Pair(seeker=seeker.profile, peer=peer, needs=NEEDS, musts=musts))
                for peer in peers
            ]
            for seeker in people.seekers
        ],
        dtype=np.bool_,
    ).reshape(len(people.seekers), len(peers))


@pytest.fixture(scope="module")
def people() -> Population:
    return difficult.people(A_SIDE, A_SIDE, 17)


@pytest.fixture(scope="module")
def plain(people: Population) -> Bools:
    return one_by_one(people, YOUTH_MAY_MEET_YOUTH)


@pytest.mark.parametrize("judge", JUDGES)
def test_of_a_million_difficult_pairs_none_is_judged_differently(
    judge: str, people: Population, plain: Bools
) -> None:
    judged = JUDGES[judge](people, YOUTH_MAY_MEET_YOUTH)

    assert judged.size == 10**6
    assert np.argwhere(judged != plain).tolist() == []
    assert 0 < plain.mean() < 0.5


@pytest.mark.parametrize("judge", [*JUDGES, "plain rules"])
@pytest.mark.parametrize("musts", [Musts(), YOUTH_MAY_MEET_YOUTH], ids=["adults", "youth"])
def test_of_a_million_drawn_pairs_none_crosses_age_bands_that_are_kept_apart(
    judge: str, musts: Musts, people: Population
) -> None:
    """Promise 13."""
    judged = JUDGES.get(judge, one_by_one)(people, musts)

    crosses = np.array(
        [
            [
                peer.profile.age not in musts.ages.get(seeker.profile.age, ())
                for peer in people.peers
            ]
            for seeker in people.seekers
        ]
    )
    assert crosses.size == 10**6
    assert 0.05 < crosses.mean() < 0.95
    assert not (judged & crosses).any()
    assert judged.any()


@pytest.mark.parametrize("judge", JUDGES)
def test_without_any_ages_that_may_meet_nobody_meets(judge: str) -> None:
    few = difficult.people(40, 40, 18)

    assert not JUDGES[judge](few, Musts(ages={})).any()
    assert not one_by_one(few, Musts(ages={})).any()
