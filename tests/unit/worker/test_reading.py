"""Sealed records and profiles lead to the same columns."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import TypeVar

import numpy as np
from hypothesis import given, settings, strategies as st

from matcher.domain.needs import NeedId, Needs
from matcher.domain.profile import PeerProfile, SeekerProfile
from matcher.engine import society
from matcher.engine.people import NOTHING, Peers, People, Seekers, joined
from matcher.engine.population import Population, draw
from matcher.engine.profiles import people_of
from matcher.store.records import read_peer, read_seeker
from matcher.store.wire import pack_profile
from tests import builders
from tests.unit.engine import wild
from worker.reading import Reader

Side = TypeVar("Side", Seekers, Peers)
sizes, seeds = st.integers(0, 8), st.integers(0, 2**32 - 1)


def _profiles(people: Population) -> tuple[list[SeekerProfile], list[PeerProfile]]:
    return (
        [one.profile for one in people.seekers],
        [one.profile for one in people.peers],
    )


def _as_asked(one: SeekerProfile) -> SeekerProfile:
    """Leave out what the catalogue has lost: nobody is asked about it."""
    main = None if one.main == wild.LOST else one.main
    return replace(one, needs=tuple(n for n in one.needs if n != wild.LOST), main=main)


def _as_told(one: PeerProfile) -> PeerProfile:
    lived = {need: told for need, told in one.lived.items() if need != wild.LOST}
    return replace(one, lived=lived, never=one.never - {wild.LOST})


def _read(
    seekers: Sequence[SeekerProfile], peers: Sequence[PeerProfile], needs: Needs
) -> People:
    reader = Reader(needs)
    asking = [read_seeker(pack_profile(one, needs)) for one in seekers]
    giving = [read_peer(pack_profile(one, needs)) for one in peers]
    return reader.people(
        reader.seekers([record for record in asking if record]),
        reader.peers([record for record in giving if record]),
    )


def _differing(one: Side, other: Side) -> list[str]:
    """Name the columns in which two sides are not exactly alike."""
    return [
        field.name
        for field in fields(one)
        for mine, theirs in [(getattr(one, field.name), getattr(other, field.name))]
        if mine.dtype != theirs.dtype or not np.array_equal(mine, theirs)
    ]


def _assert_alike(one: People, other: People) -> None:
    assert _differing(one.seekers, other.seekers) == []
    assert _differing(one.peers, other.peers) == []
    assert (one.ids, one.languages, one.regions) == (other.ids, other.languages, other.regions)


@settings(max_examples=100, deadline=None)
@given(sizes, sizes, seeds)
def test_records_lead_to_the_same_columns_as_profiles(
    n_seekers: int, n_peers: int, seed: int
) -> None:
    seekers, peers = _profiles(wild.population(n_seekers, n_peers, seed))
    seekers, peers = [_as_asked(one) for one in seekers], [_as_told(one) for one in peers]

    _assert_alike(_read(seekers, peers, wild.NEEDS), people_of(seekers, peers, wild.NEEDS))


def test_drawn_people_are_the_same_columns_either_way() -> None:
    needs = society.catalogue()
    seekers, peers = _profiles(draw(300, 200, 3))

    _assert_alike(_read(seekers, peers, needs), people_of(seekers, peers, needs))


def test_people_read_in_batches_are_the_people_read_at_once() -> None:
    seekers, peers = _profiles(wild.population(9, 7, 5))
    seekers, peers = [_as_asked(one) for one in seekers], [_as_told(one) for one in peers]
    reader, at_once = Reader(wild.NEEDS), _read(seekers, peers, wild.NEEDS)
    asking = [read_seeker(pack_profile(one, wild.NEEDS)) for one in seekers]
    giving = [read_peer(pack_profile(one, wild.NEEDS)) for one in peers]

    in_batches = reader.people(
        joined([reader.seekers([one] if one else []) for one in [None, *asking]]),
        joined([reader.peers([one] if one else []) for one in [None, *giving]]),
    )

    _assert_alike(in_batches, at_once)


def test_a_need_that_was_taken_out_of_the_file_is_nobodys_any_more() -> None:
    kept, gone = NeedId("a/kept"), NeedId("a/gone")
    before, after = builders.catalogue(kept, gone), builders.catalogue(kept)
    reader = Reader(after)
    asked = read_seeker(pack_profile(replace(builders.seeker(gone, kept), main=gone), before))
    told = read_peer(pack_profile(builders.peer(gone, kept), before))

    seekers, peers = (
        reader.seekers([asked] if asked else []),
        reader.peers([told] if told else []),
    )

    assert seekers.ticks[0].tolist()[:2] == [NOTHING, 0]
    assert seekers.main.tolist() == [NOTHING]
    assert peers.lived.tolist() == [[3]]


def test_what_is_no_record_of_a_side_is_nobody() -> None:
    packed = pack_profile(builders.peer(), builders.catalogue())

    assert read_seeker(packed) is None
    assert read_peer(packed) is not None
    assert read_peer(b"noise") is None
