"""A peer is asked only while enough of those who wait could be suggested to them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.barriers import Pair, allows
from matcher.domain.needs import NeedId
from matcher.domain.profile import Handle, Language, Lived, PeerProfile, SeekerProfile
from matcher.domain.rules import Musts, OfferRules, Rules
from matcher.engine import accompanied
from matcher.engine.accompanied import AT_ONCE, in_company
from matcher.engine.constraints import Constraints
from matcher.engine.crowd import Crowd
from matcher.engine.fences import Sides
from matcher.engine.plan import plan_round
from matcher.engine.population import Population
from tests.builders import NOON, catalogue, free, peer, seeker, waiting
from tests.unit.engine import wild

GRIEF, WORK = NeedId("life/grief"), NeedId("work/money")
NEEDS = catalogue(GRIEF, WORK)
FRENCH = frozenset({Language("fr")})
BOTH = frozenset({Language("en"), Language("fr")})


def people(
    *asking: SeekerProfile, giving: PeerProfile, barred: tuple[int, ...] = ()
) -> Population:
    return Population(
        seekers=tuple(waiting(f"s{at}", profile) for at, profile in enumerate(asking)),
        peers=(free("zoe", giving, len(asking)),),
        barred=frozenset((Handle(f"s{at}"), Handle("zoe")) for at in barred),
    )


def asked(population: Population, least: int) -> int:
    """Count who is suggested to somebody."""
    rules = Rules(offers=OfferRules(company=least))
    return len(plan_round(population, needs=NEEDS, rules=rules, now=NOON).pairs)


@pytest.mark.parametrize(("least", "expected"), [(1, 3), (2, 3), (3, 3), (4, 0)])
def test_a_peer_is_asked_only_while_enough_of_those_who_wait_could_be_meant(
    least: int, expected: int
) -> None:
    assert asked(people(*[seeker(GRIEF)] * 3, giving=peer(GRIEF)), least) == expected


@pytest.mark.parametrize(
    "other",
    [seeker(WORK), replace(seeker(GRIEF), languages=FRENCH)],
    ids=["shares nothing", "speaks another language"],
)
def test_who_could_not_be_suggested_is_no_company(other: SeekerProfile) -> None:
    assert asked(people(seeker(GRIEF), other, giving=peer(GRIEF)), 2) == 0


def test_who_said_no_is_no_company_any_more() -> None:
    asking = [seeker(GRIEF)] * 3

    assert asked(people(*asking, giving=peer(GRIEF), barred=(0,)), 2) == 2
    assert asked(people(*asking, giving=peer(GRIEF), barred=(0,)), 3) == 0


def test_a_language_that_nobody_else_speaks_does_not_find_who_speaks_it() -> None:
    alone = replace(seeker(GRIEF), languages=FRENCH)
    bait = replace(peer(GRIEF), languages=FRENCH)
    asking = [seeker(GRIEF)] * 5

    assert asked(people(alone, *asking, giving=bait), 2) == 0
    assert asked(people(alone, *asking, giving=replace(bait, languages=BOTH)), 2) == 6


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**16), st.integers(1, 6))
def test_company_is_counted_as_pair_by_pair(seed: int, least: int) -> None:
    population = wild.population(17, 9, seed)
    musts = Musts()
    crowd = Crowd.of(population, wild.NEEDS)
    sides = Sides(people=crowd.people, musts=musts)

    def could(asking: SeekerProfile, giving: PeerProfile) -> bool:
        lived = {need for need, told in giving.lived.items() if told.lived > Lived.NOT_AT_ALL}
        pair = Pair(seeker=asking, peer=giving, needs=wild.NEEDS, musts=musts)
        shares = asking.just_talks or bool(lived & {*asking.needs})
        return shares and allows(pair)

    told = in_company(sides, Constraints.of(sides), crowd.barred, least)

    for one, is_in_company in zip(population.peers, told.tolist(), strict=True):
        count = sum(
            could(other.profile, one.profile)
            for other in population.seekers
            if (other.handle, one.handle) not in population.barred
        )
        assert is_in_company is (count >= least or least == 1)


def test_nobody_waits_and_nobody_is_in_company(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accompanied, "AT_ONCE", 2)
    crowd = Crowd.of(people(*[seeker(GRIEF)] * 5, giving=peer(GRIEF), barred=(3,)), NEEDS)
    nobody = crowd.chosen(np.arange(0), np.arange(1))

    def is_told(some: Crowd, least: int) -> list[bool]:
        sides = Sides(people=some.people, musts=Musts())
        told = in_company(sides, Constraints.of(sides), some.barred, least)
        return [bool(one) for one in told]

    assert is_told(crowd, 4) == [True]
    assert is_told(crowd, 5) == [False]
    assert is_told(nobody, 1) == [True]
    assert is_told(nobody, 2) == [False]
    assert AT_ONCE > 2
