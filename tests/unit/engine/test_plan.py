"""One round, seen from outside."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from matcher.domain.barriers import Barrier
from matcher.domain.errors import InvalidMatrixError, InvalidPopulationError
from matcher.domain.needs import JUST_TALK, NeedId
from matcher.domain.profile import (
    Consent,
    Experience,
    Handle,
    Help,
    Identity,
    Language,
    Lived,
    Nearness,
    PeerProfile,
    Region,
    SeekerProfile,
    Since,
    Stage,
    Wishes,
)
from matcher.domain.rules import Priority, Rules, Similarity, Weights
from matcher.engine.plan import Plan, plan_round
from matcher.engine.population import FreePeer, Population, WaitingSeeker
from tests.builders import NOON, catalogue, free, peer, seeker, waiting

LONELY, GRIEF, WORK, OUTED = (
    NeedId(name) for name in ("people/lonely", "life/grief", "work/money", "identity/outed")
)
NEEDS = catalogue(LONELY, GRIEF, WORK, OUTED, JUST_TALK, formal_first=(OUTED,))
ANA, BEN = Handle("ana"), Handle("ben")
ZOE, YAN = Handle("zoe"), Handle("yan")


def planned(
    seekers: list[WaitingSeeker], peers: list[FreePeer], *barred: tuple[Handle, Handle]
) -> Plan:
    people = Population(seekers=tuple(seekers), peers=tuple(peers), barred=frozenset(barred))
    return plan_round(people, needs=NEEDS, rules=Rules(), now=NOON + timedelta(hours=1))


def pairs(plan: Plan) -> list[tuple[Handle, Handle]]:
    return [(pair.seeker, pair.peer) for pair in plan.pairs]


def test_a_seeker_meets_the_peer_who_has_lived_through_the_same() -> None:
    plan = planned(
        [waiting("ana", seeker(LONELY))], [free("yan", peer(WORK)), free("zoe", peer(LONELY))]
    )

    assert pairs(plan) == [(ANA, ZOE)]
    assert plan.pairs[0].best_first == (LONELY,)
    assert plan.total == plan.pairs[0].score


@pytest.mark.parametrize(
    ("seekers", "peers"),
    [
        ([], []),
        ([waiting("ana", seeker(LONELY))], []),
        ([], [free("zoe", peer(LONELY))]),
        ([waiting("ana", seeker(LONELY))], [free("zoe", peer(LONELY), places=0)]),
        ([waiting("ana", seeker())], [free("zoe", peer(LONELY))]),
        ([waiting("ana", seeker(LONELY))], [free("zoe", peer())]),
    ],
    ids=["nobody", "no peer", "no seeker", "nobody free", "no ticks", "nothing lived"],
)
def test_where_nobody_fits_the_plan_is_empty(
    seekers: list[WaitingSeeker], peers: list[FreePeer]
) -> None:
    plan = planned(seekers, peers)

    assert plan.pairs == ()
    assert plan.total == 0


def test_a_barred_pair_is_never_planned_again() -> None:
    people = [waiting("ana", seeker(LONELY))], [free("zoe", peer(LONELY))]

    assert pairs(planned(*people, (ANA, ZOE))) == []
    assert pairs(planned(*people, (BEN, ZOE), (ANA, YAN))) == [(ANA, ZOE)]


def test_a_peer_gets_no_more_people_than_they_are_free_for() -> None:
    seekers = [waiting(f"s{at}", seeker(LONELY)) for at in range(5)]

    plan = planned(seekers, [free("zoe", peer(LONELY), places=2)])

    assert len(plan.pairs) == 2


def test_who_waited_longer_comes_first() -> None:
    seekers = [
        waiting("ana", seeker(LONELY), NOON),
        waiting("ben", seeker(LONELY), NOON - timedelta(days=2)),
    ]

    assert pairs(planned(seekers, [free("zoe", peer(LONELY))])) == [(BEN, ZOE)]


def test_a_peer_who_missed_suggestions_comes_later_but_still_comes() -> None:
    late = replace(free("zoe", peer(LONELY)), missed=2)
    both = [late, free("yan", peer(LONELY))]

    assert pairs(planned([waiting("ana", seeker(LONELY))], both)) == [(ANA, YAN)]
    assert pairs(planned([waiting("ana", seeker(LONELY))], [late])) == [(ANA, ZOE)]


def test_who_just_wants_to_talk_meets_any_listener_and_no_one_else() -> None:
    just_talks = replace(
        waiting("ana", seeker(JUST_TALK)),
        profile=replace(seeker(JUST_TALK), consent=Consent(matching=True, unsaid=True)),
    )
    listens_not = replace(peer(LONELY), help=frozenset({Help.SYSTEM}))

    plan = planned([just_talks], [free("yan", listens_not), free("zoe", peer())])

    assert pairs(plan) == [(ANA, ZOE)]
    assert plan.pairs[0].best_first == ()


def test_the_need_that_matters_most_decides() -> None:
    asked = replace(seeker(LONELY, GRIEF), main=GRIEF)

    plan = planned(
        [waiting("ana", asked)], [free("yan", peer(LONELY)), free("zoe", peer(GRIEF))]
    )

    assert pairs(plan) == [(ANA, ZOE)]


def test_shared_needs_stand_in_the_order_of_what_they_contribute() -> None:
    asked = replace(seeker(LONELY, GRIEF, WORK), main=WORK)
    lived = {
        LONELY: Experience(lived=Lived.A_LITTLE),
        GRIEF: Experience(lived=Lived.VERY),
        WORK: Experience(lived=Lived.VERY),
    }

    plan = planned([waiting("ana", asked)], [free("zoe", replace(peer(), lived=lived))])

    assert plan.pairs[0].best_first == (WORK, GRIEF, LONELY)


def test_a_pair_below_the_floor_is_not_planned_but_counted() -> None:
    levels = {LONELY: Lived.A_LITTLE, GRIEF: Lived.NOT_AT_ALL}
    lived = {need: Experience(lived=level) for need, level in levels.items()}
    little = replace(peer(), lived=lived)

    plan = planned([waiting("ana", seeker(LONELY, GRIEF))], [free("zoe", little)])

    assert plan.pairs == ()
    assert plan.below_floor == 1


def test_what_blocks_counts_pairs_that_one_barrier_alone_kept_apart() -> None:
    french = replace(peer(LONELY), languages=frozenset({Language("fr")}))
    apart_twice = replace(french, relay_ok=False)
    shares_nothing = replace(french, lived={})

    plan = planned(
        [waiting("ana", seeker(LONELY))],
        [free("yan", french), free("zoe", apart_twice), free("wim", shares_nothing)],
    )

    assert plan.blocked == dict.fromkeys(Barrier, 0) | {Barrier.LANGUAGE: 1}
    assert plan.pairs == ()


NILE, GULF = Region("nile"), Region("gulf")
SHARES = frozenset({Help.SHARE, Help.LISTEN})
IS_BI = frozenset({Identity.BI})
NEAR, FAR = (Wishes(nearness=wish) for wish in (Nearness.NEAR_BETTER, Nearness.FAR_BETTER))
A_STEP_AHEAD = {LONELY: Experience(lived=Lived.VERY, since=Since.RECENT)}


@pytest.mark.parametrize(
    ("asked", "wished_for"),
    [
        (
            replace(seeker(LONELY), help=frozenset({Help.SHARE})),
            replace(peer(LONELY), help=SHARES),
        ),
        (
            replace(seeker(LONELY), wishes=Wishes(identity_better=IS_BI)),
            replace(peer(LONELY), identity=IS_BI),
        ),
        (replace(seeker(LONELY), region=NILE, wishes=NEAR), replace(peer(LONELY), region=NILE)),
        (replace(seeker(LONELY), region=NILE, wishes=FAR), replace(peer(LONELY), region=GULF)),
        (
            replace(seeker(LONELY), main=LONELY, stage=Stage.EARLY),
            replace(peer(LONELY), lived=A_STEP_AHEAD),
        ),
    ],
    ids=["help", "identity", "near", "far", "stage"],
)
def test_of_two_equal_peers_the_one_who_is_wished_for_is_planned(
    asked: SeekerProfile, wished_for: PeerProfile
) -> None:
    peers = [free("yan", peer(LONELY)), free("zoe", wished_for), free("wim", peer(LONELY))]

    plan = planned([waiting("ana", asked)], peers)

    assert pairs(plan) == [(ANA, ZOE)]


def test_the_moment_of_a_round_needs_a_zone() -> None:
    people = Population(seekers=(), peers=())

    with pytest.raises(InvalidPopulationError, match="zone"):
        plan_round(people, needs=NEEDS, rules=Rules(), now=datetime(2025, 3, 1))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    "rules",
    [
        Rules(weights=Weights(needs={LONELY: -1.0})),
        Rules(weights=Weights(needs={LONELY: float("nan")})),
        Rules(weights=Weights(main=-1.0)),
        Rules(similarity=Similarity(unsaid_weight=1.5)),
        Rules(priority=Priority(waiting_bonus=float("nan"))),
    ],
    ids=["negative", "not a number", "main", "more than all", "waiting"],
)
def test_rules_out_of_range_are_refused_by_name(rules: Rules) -> None:
    people = Population(
        seekers=(waiting("ana", seeker(LONELY)),), peers=(free("zoe", peer(LONELY)),)
    )

    with pytest.raises(InvalidMatrixError):
        plan_round(people, needs=NEEDS, rules=rules, now=NOON)


def test_a_need_that_left_the_catalogue_harms_nobody() -> None:
    lost = NeedId("gone/for-good")

    plan = planned(
        [waiting("ana", replace(seeker(LONELY, lost), main=lost))],
        [free("zoe", peer(LONELY, lost))],
    )

    assert pairs(plan) == [(ANA, ZOE)]
    assert plan.pairs[0].best_first == (LONELY,)
