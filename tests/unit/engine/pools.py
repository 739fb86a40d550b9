"""Pools with everything at once in which a scan could err, and the plain way to judge them."""

from dataclasses import replace

import numpy as np

from matcher.domain.rules import Musts, Rules
from matcher.engine.building import Wanted
from matcher.engine.constraints import Constraints
from matcher.engine.crowd import Crowd
from matcher.engine.fences import Sides
from matcher.engine.matrices import Bools, Floats, Ints
from matcher.engine.population import Population
from matcher.engine.scoring import Scorer, Worth
from tests.unit.engine import wild

FLOORS = (0.0, 0.2, 1 / 3, 0.5, 0.9)


def wanted(people: Crowd, seed: int, rules: Rules | None = None) -> Wanted:
    """Say what a round looks at, with every factor of its own for each person."""
    rng, used = np.random.default_rng([seed, 2]), rules or Rules()
    scorer = Scorer.on(people.people, used)
    n_seekers, n_peers = len(people.seekers), len(people.peers)
    dropped = rng.random(scorer.terms.shape) < 0.3
    return Wanted(
        scorer=replace(scorer, terms=np.where(dropped, 0.0, scorer.terms)),
        constraints=Constraints.of(Sides(people=people.people, musts=used.musts)),
        barred=people.barred,
        turn=rng.choice([0.0, 0.25, 0.5, 1.0], n_peers, p=[0.1, 0.1, 0.2, 0.6]),
        urgency=rng.uniform(1, 3, n_seekers),
        floor=rng.choice(FLOORS, n_seekers),
        bonus=float(rng.choice([0.0, 0.0, 6.0])),
    )


def crowd(people: Population) -> Crowd:
    """Read people by the catalogue of the wild."""
    return Crowd.of(people, wild.NEEDS)


def wild_wanted(n_seekers: int, n_peers: int, seed: int) -> Wanted:
    """Draw people without any likelihood, and rules."""
    return wanted(crowd(wild.population(n_seekers, n_peers, seed)), seed, easy(seed))


def easy(seed: int) -> Rules:
    """Let about every second pair meet: most ages may."""
    return Rules(musts=Musts(ages=wild.musts(seed).ages))


def with_barred(people: Crowd, share: float, seed: int) -> Crowd:
    """Bar some pairs at random."""
    rng = np.random.default_rng([seed, 3])
    n_pairs = int(share * len(people.seekers) * len(people.peers))
    rows = rng.integers(len(people.seekers), size=n_pairs)
    columns = rng.integers(len(people.peers), size=n_pairs)
    return replace(people, barred=np.unique(np.stack([rows, columns], axis=1), axis=0))


def judged(asked: Wanted) -> Worth:
    """Score all pairs plainly."""
    return asked.scorer.worth(slice(0, len(asked.urgency)))


def open_pairs(asked: Wanted) -> Bools:
    """Mark the pairs that are not barred, of peers who can be offered at all."""
    found = np.tile(asked.turn > 0, (len(asked.urgency), 1))
    found[asked.barred[:, 0], asked.barred[:, 1]] = False
    return found


def enough(asked: Wanted, said: Floats) -> Bools:
    """Mark the pairs that share at least the floor of what was said."""
    found: Bools = said >= asked.floor[:, None] - 1e-9
    return found


def plainly(asked: Wanted) -> Floats:
    """Say what each pair is worth that may be made; 0 for the others."""
    n_seekers, plain = len(asked.urgency), judged(asked)
    may = asked.constraints.between(slice(0, n_seekers), n_rows=n_seekers).may_meet
    may &= open_pairs(asked) & enough(asked, plain.said)
    worth = plain.score * asked.turn * asked.urgency[:, None] + asked.bonus
    return np.where(may, worth, 0.0)


def most_left(worth: Floats, prices: Floats, n_best: int) -> list[Ints]:
    """List each seeker's best peers after the price, who leave them anything."""
    left = np.where(worth > 0, worth - prices, 0.0)
    orders = np.argsort(-left, axis=1, kind="stable")[:, :n_best]
    return [order[left[row, order] > 0] for row, order in enumerate(orders)]
