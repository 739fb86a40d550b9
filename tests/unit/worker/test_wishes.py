"""Nobody is suggested to somebody whose wishes would find one single peer."""

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.barriers import Pair, barriers
from matcher.domain.card import COMPANY
from matcher.domain.profile import Handle, Identity, Wishes
from matcher.domain.rules import Musts
from matcher.engine.crowd import Crowd
from matcher.engine.population import FreePeer, Population, WaitingSeeker
from tests.builders import NOON, catalogue, peer, seeker
from tests.unit.engine import wild
from tests.unit.engine.wild import NAMES, NEEDS
from worker.wishes import ENOUGH, FIRST_LOOK, WISHES, findable

MUSTS = Musts()
NEED = NAMES[3]
ASKING = replace(seeker(NEED), wishes=Wishes(identity_only=frozenset({Identity.MIGRANT})))
FITTING = replace(peer(NEED), identity=frozenset({Identity.MIGRANT}))


def _is_left_out(fitting: int, others: int, *, free: int = 1) -> bool:
    """Tell whether who asks for one identity is left out, among so many peers."""
    profiles = [peer(NEED)] * others + [FITTING] * fitting
    people = Population(
        seekers=tuple(
            WaitingSeeker(handle=Handle(name), profile=profile, waiting_since=NOON)
            for name, profile in (("asks", ASKING), ("open", seeker(NEED)))
        ),
        peers=tuple(
            FreePeer(handle=Handle(f"p{at}"), profile=one, free=1 if at < others else free)
            for at, one in enumerate(profiles)
        ),
    )
    left = findable(Crowd.of(people, catalogue(*NAMES)), MUSTS)
    assert "open" in left.seekers
    assert len(left.peers) == len(profiles)
    return "asks" not in left.seekers


@pytest.mark.parametrize(
    ("fitting", "others", "is_left_out"),
    [
        (1, 20, True),
        (COMPANY - 1, 20, True),
        (COMPANY, 20, False),
        (2, 2, False),
        (2, 3, True),
        (COMPANY - 1, FIRST_LOOK, True),
        (COMPANY, FIRST_LOOK, False),
    ],
)
def test_a_wish_counts_where_enough_fit_or_half_of_all_do(
    fitting: int, others: int, *, is_left_out: bool
) -> None:
    assert _is_left_out(fitting, others) is is_left_out


def test_whom_nobody_fits_stays_and_shows_what_is_missing() -> None:
    assert not _is_left_out(0, 20)


def test_peers_who_cannot_be_asked_now_are_no_company() -> None:
    assert not _is_left_out(COMPANY, 20, free=0)  # nobody fits who could be asked
    assert not _is_left_out(COMPANY, 20, free=1)


@settings(deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_columns_say_the_same_as_plain_python(seed: int) -> None:
    people = wild.population(20, 40, seed)
    crowd = Crowd.of(people, NEEDS)

    left = findable(crowd, MUSTS)

    for one in people.seekers:
        pairs = [
            Pair(seeker=one.profile, peer=other.profile, needs=NEEDS, musts=MUSTS)
            for other in people.peers
            if other.free
        ]
        kept = [{*barriers(pair)} for pair in pairs if {*barriers(pair)} <= WISHES]
        fit = sum(not stands for stands in kept)
        is_left_out = 0 < fit < min(COMPANY, ENOUGH * len(kept))
        assert (one.handle not in left.seekers) is is_left_out
