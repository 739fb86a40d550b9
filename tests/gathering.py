"""What a round would have gathered of people who are in no store."""

import numpy as np

from matcher.domain.needs import Needs
from matcher.engine.crowd import Crowd
from matcher.engine.people import NOTHING
from matcher.engine.population import Population
from matcher.engine.profiles import padded
from worker.reading import Gathered


def gathered(population: Population, needs: Needs) -> Gathered:
    """Turn a population into what a round looks at; nobody looks in just now."""
    crowd = Crowd.of(population, needs)
    place = {need: at for at, need in enumerate(crowd.people.ids)}
    shown = [
        [place[need] for need in one.profile.needs if need in one.profile.shown & set(place)]
        for one in population.seekers
    ]
    return Gathered(
        crowd=crowd,
        here=frozenset(),
        shown=padded(shown) if shown else np.full((0, 1), NOTHING, dtype=np.int32),
    )
