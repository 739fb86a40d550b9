"""Bit sets and the plain rules: two ways to say who may meet, which always agree."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.barriers import Barrier, Pair, allows, barriers
from matcher.domain.needs import Needs
from matcher.domain.rules import Musts
from matcher.engine import society
from matcher.engine.constraints import BARRIERS, Constraints
from matcher.engine.fences import Sides
from matcher.engine.population import Population, draw
from matcher.engine.profiles import people_of
from tests.unit.engine import wild

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(0, 7)


def disagreements(people: Population, needs: Needs, musts: Musts) -> list[tuple[int, int]]:
    """List the pairs about which the two ways do not agree."""
    seekers = [seeker.profile for seeker in people.seekers]
    peers = [peer.profile for peer in people.peers]
    sides = Sides(people=people_of(seekers, peers, needs), musts=musts)
    kept = Constraints.of(sides).between(slice(0, len(seekers)), n_rows=len(seekers))
    found = []
    for row, seeker in enumerate(seekers):
        for column, peer in enumerate(peers):
            pair = Pair(seeker=seeker, peer=peer, needs=needs, musts=musts)
            named = barriers(pair)
            only = BARRIERS.index(named[0]) if len(named) == 1 else -1
            says = (bool(kept.may_meet[row, column]), int(kept.only[row, column]))
            if says != (allows(pair), only):
                found.append((row, column))
    return found


@settings(max_examples=150, deadline=None)
@given(sizes, sizes, seeds)
def test_any_people_under_any_table_of_ages_are_judged_alike(
    n_seekers: int, n_peers: int, seed: int
) -> None:
    people = wild.population(n_seekers, n_peers, seed)

    assert disagreements(people, wild.NEEDS, wild.musts(seed)) == []


def test_a_hundred_thousand_drawn_pairs_are_judged_alike() -> None:
    people = draw(400, 250, 11)

    assert disagreements(people, society.catalogue(), Musts()) == []


@pytest.mark.parametrize("barrier", Barrier)
def test_every_barrier_stands_alone_somewhere_in_a_wild_pool(barrier: Barrier) -> None:
    people = wild.population(150, 150, 3)
    seekers = [seeker.profile for seeker in people.seekers]
    peers = [peer.profile for peer in people.peers]
    sides = Sides(people=people_of(seekers, peers, wild.NEEDS), musts=Musts())

    kept = Constraints.of(sides).between(slice(0, 150), n_rows=150)

    assert (kept.only == BARRIERS.index(barrier)).any()


def test_a_part_of_the_seekers_is_judged_as_within_the_whole() -> None:
    people = wild.population(20, 15, 5)
    seekers = [seeker.profile for seeker in people.seekers]
    peers = [peer.profile for peer in people.peers]
    sides = Sides(people=people_of(seekers, peers, wild.NEEDS), musts=Musts())
    constraints = Constraints.of(sides)

    whole = constraints.between(slice(0, 20), n_rows=20)
    part = constraints.between(slice(7, 12), n_rows=5)

    assert np.array_equal(part.may_meet, whole.may_meet[7:12])
    assert np.array_equal(part.only, whole.only[7:12])
