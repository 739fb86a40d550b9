"""Nobody misses their best peers, least of all those who have few: recall is 1 for all."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest

from matcher.domain.barriers import Pair, allows
from matcher.domain.profile import MINORS
from matcher.domain.rules import Rules
from matcher.engine.candidates import Search, search
from matcher.engine.constraints import Constraints
from matcher.engine.fences import Sides
from matcher.engine.matrices import Bools, Floats, Ints
from matcher.engine.population import Population
from matcher.engine.profiles import people_of
from matcher.engine.scoring import Scorer
from tests.properties import difficult
from tests.properties.difficult import NEEDS, RARE, YOUTH_MAY_MEET_YOUTH

SEEKERS, PEERS, MOST = 240, 600, 12
FEW = 0.02
RULES = Rules(musts=YOUTH_MAY_MEET_YOUTH)

Find = Callable[[Population, int], list[Ints]]
"""Takes people and how many candidates to keep; gives each seeker's columns."""


def by_search(people: Population, most: int) -> list[Ints]:
    seekers = [seeker.profile for seeker in people.seekers]
    peers = [peer.profile for peer in people.peers]
    both = people_of(seekers, peers, NEEDS)
    found = search(
        Search(
            scorer=Scorer.on(both, RULES),
            constraints=Constraints.of(Sides(people=both, musts=RULES.musts)),
            barred=np.zeros((0, 2), dtype=np.int64),
            turn=np.ones(len(peers)),
            floor=RULES.floor,
            most=most,
        )
    ).scores
    return np.split(found.indices.astype(np.int64), found.indptr[1:-1])


FINDERS: Mapping[str, Find] = {"search": by_search}
"""Whatever finds candidates; each has to be exact."""


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
        best = np.sort(worth[row])[::-1][:MOST]
        best = best[best > 0]
        chosen = np.sort(worth[row, found[row]])[::-1]
        assert len(set(found[row].tolist())) == len(found[row])
        assert (chosen > 0).all()
        assert len(chosen) == len(best)
        if best.size:
            recalls.append(float(np.mean(chosen >= best - 1e-9)))

    assert len(recalls) >= 3
    assert recalls == [1.0] * len(recalls)
