"""True counts of a round: each seeker once, in one group."""

from dataclasses import replace
from datetime import timedelta

from matcher.domain.needs import NeedId
from matcher.domain.rules import Rules
from matcher.engine.counting import MOST_CHANGED, count
from matcher.engine.crowd import Crowd, draw_crowd
from matcher.engine.plan import plan_crowd, plan_round
from matcher.engine.population import DRAWN_AT, Population, draw
from tests.builders import NOON, catalogue, free, peer, seeker, waiting

HOME, COURT = NeedId("life/home"), NeedId("law/court")
NEEDS = catalogue(HOME, COURT)


def test_who_finds_somebody_and_who_waits_on_is_counted_by_what_matters_most() -> None:
    both = replace(seeker(HOME, COURT), main=COURT)
    people = Population(
        seekers=(
            waiting("a", both),
            waiting("b", seeker(HOME), NOON - timedelta(days=2)),
            waiting("c", seeker(HOME), NOON - timedelta(days=9)),
        ),
        peers=(free("p", peer(COURT)),),
    )
    plan = plan_round(people, needs=NEEDS, rules=Rules(), now=NOON)

    counts = count(Crowd.of(people, NEEDS), plan, NOON)

    assert counts == {
        "matched": {"life": 0, "law": 1},
        "waiting": {"life": 2, "law": 0},
        "waits": {
            "up to a day": 0,
            "up to three days": 1,
            "up to a week": 0,
            "longer": 1,
        },
    }


def test_everybody_is_counted_once() -> None:
    crowd = draw_crowd(300, 60, 5)
    plan = plan_crowd(crowd, rules=Rules(), now=DRAWN_AT)

    counts = count(crowd, plan, DRAWN_AT)

    assert sum(counts["matched"].values()) == len(plan.pairs)
    assert sum(counts["waiting"].values()) == 300 - len(plan.pairs)
    assert sum(counts["waits"].values()) == 300 - len(plan.pairs)


def test_one_seeker_more_changes_few_cells() -> None:
    for number in range(12):
        people = draw(40, 12, number)
        less = replace(people, seekers=people.seekers[1:])

        def counted(one: Population) -> list[int]:
            plan = plan_round(one, needs=NEEDS_DRAWN, rules=Rules(), now=DRAWN_AT)
            counts = count(Crowd.of(one, NEEDS_DRAWN), plan, DRAWN_AT)
            return [cell for table in counts.values() for cell in table.values()]

        pairs = zip(counted(people), counted(less), strict=True)
        assert sum(abs(one - other) for one, other in pairs) <= MOST_CHANGED


NEEDS_DRAWN = draw_crowd(1, 1, 1).people.needs
