"""Nobody misses their best peers, least of all those who have few: recall is 1 for all."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest

from matcher.domain.barriers import Pair, allows
from matcher.domain.profile import MINORS
from matcher.domain.rules import Rules
from matcher.engine.arrivals import Arrivals, newcomer
from matcher.engine.building import Wanted, build
from matcher.engine.candidates import best
from matcher.engine.constraints import Constraints
from matcher.engine.fences import Sides
from matcher.engine.matrices import Bools, Floats, Ints
from matcher.engine.pool import Pool
from matcher.engine.population import Population
from matcher.engine.profiles import people_of
from matcher.engine.scoring import Scorer
from tests.properties import difficult
from tests.properties.difficult import NEEDS, RARE, YOUTH_MAY_MEET_YOUTH

SEEKERS, PEERS, MOST = 240, 600, 12
FEW = 0.02
CLOSE = 5e-5
RULES = Rules(musts=YOUTH_MAY_MEET_YOUTH)

Find = Callable[[Population, int], list[Ints]]
"""Takes people and how many candidates to keep; gives each seeker's columns."""


def pool_of(people: Population) -> Pool:
    seekers = [seeker.profile for seeker in people.seekers]
    both = people_of(seekers, [peer.profile for peer in people.peers], NEEDS)
    return build(
        Wanted(
            scorer=Scorer.on(both, RULES),
            constraints=Constraints.of(Sides(people=both, musts=RULES.musts)),
            barred=np.zeros((0, 2), dtype=np.int64),
            turn=np.ones(len(people.peers)),
            urgency=np.ones(len(seekers)),
            floor=np.full(len(seekers), RULES.floor),
        )
    )


def by_scan(people: Population, most: int) -> list[Ints]:
    found = best(pool_of(people), np.arange(len(people.seekers)), most)
    return np.split(found.indices.astype(np.int64), found.indptr[1:-1])


def one_by_one(people: Population, most: int) -> list[Ints]:
    pool = pool_of(people)
    ready = Arrivals.at(pool, most)
    return [ready.best(newcomer(pool, row))[0] for row in range(len(people.seekers))]


FINDERS: Mapping[str, Find] = {"scan": by_scan, "one by one": one_by_one}
"""Whatever finds candidates; each has to be exact, as far as it counts (`CLOSE`)."""


@pytest.fixture(scope="module")
def people() -> Population:
    return difficult.people(SEEKERS, PEERS, 23)


@pytest.fixture(scope="module")
def worth(people: Population) -> Floats:
    """Score every pair plainly; 0 where the plain rules or the floor keep two apart."""
    seekers = [seeker.profile for seeker in people.seekers]
    peers = [peer.profile for peer in people.peers]
    plain = Scorer.of(seekers, peers, needs=NEEDS, rules=RULES).worth(slice(0, len(seekers)))
    may = np.array(
        [
            [allows(Pair(seeker=s, peer=p, needs=NEEDS, musts=RULES.musts)) for p in peers]
            for s in seekers
        ]
    )
    found: Floats = np.where(may & (plain.said >= RULES.floor), plain.score, 0.0)
    return found


def groups(people: Population, worth: Floats) -> dict[str, Bools]:
    profiles = [seeker.profile for seeker in people.seekers]
    eligible = (worth > 0).mean(axis=1)
    return {
        "all": np.ones(len(profiles), dtype=np.bool_),
        "minors": np.array([one.age in MINORS for one in profiles]),
        "rare language": np.array([RARE in one.languages for one in profiles]),
        "few eligible": (eligible > 0) & (eligible < FEW),
    }


@pytest.mark.parametrize("finder", FINDERS)
@pytest.mark.parametrize("group", ["all", "minors", "rare language", "few eligible"])
def test_everybody_gets_the_truly_best_who_may_meet_them(
    finder: str, group: str, people: Population, worth: Floats
) -> None:
    inside = np.flatnonzero(groups(people, worth)[group])
    found = FINDERS[finder](people, MOST)

    recalls = []
    for row in inside:
        truly = np.sort(worth[row][worth[row] > 0])[::-1][:MOST]
        chosen = np.sort(worth[row, found[row]])[::-1]
        assert len(set(found[row].tolist())) == len(found[row]) == len(truly)
        assert (chosen > 0).all()
        if truly.size:
            recalls.append(float(np.mean(chosen >= truly - CLOSE)))

    assert len(recalls) >= 3
    assert recalls == [1.0] * len(recalls)
