"""A population in columns: what it refuses, and that rows stay with their people."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.errors import InvalidPopulationError
from matcher.domain.profile import Handle
from matcher.engine.crowd import Crowd
from matcher.engine.population import Population
from tests.unit.engine import wild

seeds = st.integers(0, 2**32 - 1)


def _pairs(crowd: Crowd) -> set[tuple[Handle, Handle]]:
    return {(crowd.seekers[row], crowd.peers[column]) for row, column in crowd.barred.tolist()}


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 9), st.integers(0, 9), seeds)
def test_chosen_people_keep_what_is_theirs(n_seekers: int, n_peers: int, seed: int) -> None:
    people = wild.population(n_seekers, n_peers, seed)
    rng = np.random.default_rng(seed)
    seekers = rng.permutation(n_seekers)[: (n_seekers + 1) // 2]
    peers = rng.permutation(n_peers)
    wanted = Population(
        seekers=tuple(people.seekers[row] for row in seekers),
        peers=tuple(people.peers[row] for row in peers),
        barred=people.barred,
    )

    found = Crowd.of(people, wild.NEEDS).chosen(seekers, peers)

    expected = Crowd.of(wanted, wild.NEEDS)
    assert list(found.seekers) == list(expected.seekers)
    assert list(found.peers) == list(expected.peers)
    assert _pairs(found) == _pairs(expected)
    assert np.array_equal(found.since, expected.since)
    assert np.array_equal(found.free, expected.free)
    assert np.array_equal(found.missed, expected.missed)
    assert np.array_equal(found.people.seekers.main, expected.people.seekers.main)
    assert np.array_equal(found.people.peers.lived, expected.people.peers.lived)


def test_a_crowd_refuses_twins_other_lengths_and_negative_counts() -> None:
    crowd = Crowd.of(wild.population(3, 2, 1), wild.NEEDS)

    for wrong in (
        {"seekers": [crowd.seekers[0]] * 3},
        {"peers": [crowd.peers[0]] * 2},
        {"since": crowd.since[:2]},
        {"free": crowd.free[:1]},
        {"free": crowd.free - 9},
        {"missed": crowd.missed - 9},
    ):
        with pytest.raises(InvalidPopulationError):
            replace(crowd, **wrong)
