"""Nobody is suggested to somebody whose wishes together would find one single peer."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.barriers import Barrier, Pair, barriers
from matcher.domain.card import COMPANY
from matcher.domain.profile import Handle, Identity, SeekerProfile, Wishes
from matcher.domain.rules import Musts
from matcher.engine.crowd import Crowd
from matcher.engine.population import FreePeer, Population, WaitingSeeker
from matcher.store.secrets import new_id
from tests.builders import NOON, catalogue, peer, seeker
from tests.unit.engine import wild
from tests.unit.engine.wild import NAMES, NEEDS
from worker.wishes import ENOUGH, FIRST_LOOK, WISHES, findable, left_out

MUSTS = Musts()
NEED = NAMES[3]
FIRST, SECOND = Identity.MIGRANT, Identity.FAITH
BOTH = frozenset({FIRST, SECOND})


def some(n_peers: int, *identity: Identity, free: int = 1) -> list[FreePeer]:
    profile = replace(peer(NEED), identity=frozenset(identity))
    return [
        FreePeer(handle=Handle(new_id()), profile=profile, free=free) for _ in range(n_peers)
    ]


def is_left_out(peers: list[FreePeer], only: frozenset[Identity] = BOTH) -> bool:
    """Tell whether nobody is suggested to who asks for two identities."""
    asking = replace(seeker(NEED), wishes=Wishes(identity_only=only))
    people = Population(
        seekers=tuple(
            WaitingSeeker(handle=Handle(name), profile=profile, waiting_since=NOON)
            for name, profile in (("asks", asking), ("open", seeker(NEED)))
        ),
        peers=tuple(peers),
    )
    left = findable(Crowd.of(people, catalogue(*NAMES)), MUSTS)
    assert "open" in left.seekers
    assert len(left.peers) == len(peers)
    return "asks" not in left.seekers


@pytest.mark.parametrize(
    ("fitting", "others", "expected"),
    [
        (1, 10, True),
        (COMPANY - 1, 10, True),
        (COMPANY, 10, False),
        (2, 1, False),
        (2, 2, True),
        (COMPANY - 1, FIRST_LOOK, True),
        (COMPANY, FIRST_LOOK, False),
    ],
)
def test_two_wishes_count_where_enough_fit_or_half_of_all_do(
    fitting: int, others: int, *, expected: bool
) -> None:
    peers = [*some(others, FIRST), *some(others, SECOND), *some(fitting, *BOTH)]

    assert is_left_out(peers) is expected


@pytest.mark.parametrize("fitting", [1, 3, COMPANY])
@pytest.mark.parametrize("wish", [FIRST, SECOND])
def test_one_wish_alone_is_never_held_against_anybody(fitting: int, wish: Identity) -> None:
    peers = [*some(40), *some(fitting, wish)]

    assert not is_left_out(peers, frozenset({wish}))


def test_a_wish_that_takes_nobody_more_away_is_no_second_one() -> None:
    assert not is_left_out([*some(40, FIRST), *some(2, *BOTH)])
    assert is_left_out([*some(40, FIRST), *some(2, *BOTH), *some(1, SECOND)])


def test_whom_nobody_fits_stays_and_shows_what_is_missing() -> None:
    assert not is_left_out([*some(10, FIRST), *some(10, SECOND)])


def test_peers_who_cannot_be_asked_now_are_no_company() -> None:
    there = [*some(10, FIRST), *some(10, SECOND), *some(1, *BOTH)]

    assert is_left_out([*there, *some(COMPANY, *BOTH, free=0)])


@settings(deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_columns_say_the_same_as_plain_python(seed: int) -> None:
    people = wild.population(20, 40, seed)
    crowd = Crowd.of(people, NEEDS)

    left, pairs_apart = findable(crowd, MUSTS), 0

    for one in people.seekers:
        pairs = [
            Pair(seeker=one.profile, peer=other.profile, needs=NEEDS, musts=MUSTS)
            for other in people.peers
            if other.free
        ]
        kept = [pair for pair in pairs if {*barriers(pair)} <= WISHES]
        fit = sum(not {*barriers(pair)} for pair in kept)
        by_one = [sum(is_met(pair) for pair in kept) for is_met in _each_wish(one.profile)]
        few = min([COMPANY, ENOUGH * len(kept), *by_one])
        is_left_out = 0 < fit < few
        assert (one.handle not in left.seekers) is is_left_out
        pairs_apart += fit if is_left_out else 0
    assert left_out(crowd, MUSTS).pairs == pairs_apart


def _each_wish(asks: SeekerProfile) -> Iterator[Callable[[Pair], bool]]:
    for wish in WISHES - {Barrier.IDENTITY}:
        yield partial(_is_met, wish)
    for identity in asks.wishes.identity_only:
        yield partial(_is_so, identity)


def _is_met(wish: Barrier, pair: Pair) -> bool:
    return wish not in {*barriers(pair)}


def _is_so(identity: Identity, pair: Pair) -> bool:
    return identity in pair.peer.identity
