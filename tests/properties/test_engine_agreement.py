"""A million difficult pairs: whole columns and the plain rules never judge differently."""

import numpy as np

from matcher.domain.barriers import Pair, allows
from matcher.domain.rules import Musts
from matcher.engine.constraints import Constraints
from matcher.engine.fences import Sides
from matcher.engine.matrices import Bools
from matcher.engine.population import Population
from matcher.engine.profiles import people_of
from tests.properties import difficult
from tests.properties.difficult import NEEDS, YOUTH_MAY_MEET_YOUTH

A_SIDE = 1_000


def in_columns(people: Population, musts: Musts) -> Bools:
    """Say who may meet, for all pairs at once; shape (n_seekers, n_peers)."""
    seekers = [seeker.profile for seeker in people.seekers]
    peers = [peer.profile for peer in people.peers]
    sides = Sides(people=people_of(seekers, peers, NEEDS), musts=musts)
    return Constraints.of(sides).between(slice(0, len(seekers)), n_rows=len(seekers)).may_meet


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


def test_of_all_difficult_pairs_none_is_judged_differently() -> None:
    people = difficult.people(A_SIDE, A_SIDE, 17)

    judged = in_columns(people, YOUTH_MAY_MEET_YOUTH)

    plain = one_by_one(people, YOUTH_MAY_MEET_YOUTH)
    assert judged.size == 10**6
    assert np.argwhere(judged != plain).tolist() == []
    assert 0 < plain.mean() < 0.5


def test_without_any_ages_that_may_meet_nobody_meets() -> None:
    people = difficult.people(40, 40, 18)

    assert not in_columns(people, Musts(ages={})).any()
    assert not one_by_one(people, Musts(ages={})).any()
