"""A population in columns: what it refuses, and that rows stay with their people."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.errors import InvalidPopulationError
from matcher.domain.profile import MINORS, Handle
from matcher.engine import drawing, society
from matcher.engine.crowd import Crowd, draw_crowd
from matcher.engine.population import Population, draw
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
    n_needs = len(wild.NEEDS.all)  # beyond it stands what only profiles still name
    lived, same = (side.people.peers.lived[:, :n_needs] for side in (found, expected))
    assert np.array_equal(lived, same)


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


@pytest.mark.parametrize(("n_seekers", "n_peers"), [(60, 40), (0, 5), (5, 0)])
def test_people_drawn_as_columns_are_those_drawn_as_profiles(
    n_seekers: int, n_peers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "BLOCK", 25)
    people = draw(n_seekers, n_peers, 7, minors=0.3)
    expected = Crowd.of(people, society.catalogue())

    found = draw_crowd(n_seekers, n_peers, 7, minors=0.3)

    assert (found.seekers, found.peers) == (list(expected.seekers), list(expected.peers))
    assert _told(found) == _told(expected)
    sides = (
        (found.people.seekers, expected.people.seekers),
        (
            found.people.peers,
            expected.people.peers,
        ),
    )
    for one, other in sides:
        names = {field.name for field in fields(one)} - {"languages", "region"}
        assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def _told(crowd: Crowd) -> list[object]:
    """List what is numbered differently, or not at all."""
    people, found = crowd.people, [crowd.since.tolist(), crowd.free.tolist()]
    for side in (people.seekers, people.peers):
        found.append([people.languages[row] for row in side.languages])
        found.append([people.regions[row] if row >= 0 else None for row in side.region])
    return found


def test_minors_are_drawn_as_often_as_asked_for() -> None:
    people = draw(2_000, 1_000, 3, minors=0.2)

    for side in (people.seekers, people.peers):
        young = np.mean([one.profile.age in MINORS for one in side])
        assert 0.15 < young < 0.25
