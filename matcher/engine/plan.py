"""The whole round: from the people of one pool to the pairs that are worth an offer."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from matcher.domain.barriers import Barrier
from matcher.domain.errors import InvalidPopulationError
from matcher.domain.needs import NeedId, Needs
from matcher.domain.profile import Handle
from matcher.domain.rules import Objective, Rules
from matcher.engine import lottery, objective
from matcher.engine.building import Wanted, build
from matcher.engine.candidates import best
from matcher.engine.constraints import Constraints
from matcher.engine.crowd import Crowd
from matcher.engine.easing import eased
from matcher.engine.explain import shared_by_pair
from matcher.engine.fences import Sides
from matcher.engine.lessons import buckets
from matcher.engine.matrices import Ints
from matcher.engine.pairing import STRICT, Effort, Paired, pair_up
from matcher.engine.pool import Pool
from matcher.engine.population import Population
from matcher.engine.priority import rarity, urgency
from matcher.engine.scoring import Scorer
from matcher.engine.worth import scores

MISSED, MOST_MISSED = 0.5, 20  # beyond that a turn is too small to tell apart
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPair:
    """Two people worth an offer.

    Attributes
    ----------
    seeker, peer : Handle
        The two.
    score : float
        What the pair is worth by the rules, before waiting raises its turn.
    best_first : tuple of NeedId
        The needs both share, the one that contributes most first.
    bucket : int
        Of which kind the pair is, as `matcher.engine.lessons.buckets` says.
    """

    seeker: Handle
    peer: Handle
    score: float
    best_first: tuple[NeedId, ...]
    bucket: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one round proposes.

    Attributes
    ----------
    pairs : tuple of PlannedPair
        In the order of the seekers.
    blocked : mapping of Barrier to int
        For each barrier, how many pairs of people it alone kept apart; in large pools an
        estimate, see `matcher.engine.scanning.Scans`.
    below_floor : int
        How many pairs nothing but the floor kept apart; likewise.
    total : float
        The sum of the pairs' scores.
    gap : float
        What share of the best that the objective could reach the assignment misses at most,
        proved by its dual bound: of what pairs are worth with urgency (and, where most people
        are aimed at, with the bonus a pair; where it is fairness, in the try that was kept).
        A draw among the best few afterwards is not counted.
    """

    pairs: tuple[PlannedPair, ...]
    blocked: Mapping[Barrier, int]
    below_floor: int
    total: float
    gap: float


def plan_round(
    population: Population, *, needs: Needs, rules: Rules, now: datetime, seed: int = 0
) -> Plan:
    """Pair the people of one pool as well as their capacities allow.

    Parameters
    ----------
    population : Population
        Who waits, who is free, and which pairs are barred. Either side may be empty.
    needs : Needs
        The catalogue of this pool; what profiles hold beyond it is left out of scores.
    rules : Rules
        The published rules of this pool.
    now : datetime
        The moment of the round, aware.
    seed : int, default 0
        Decides between pairs that are worth exactly the same, so that nobody is always first,
        and draws among the best few where the rules ask for it.

    Returns
    -------
    Plan
        Each seeker at most once, each peer at most `free` times; every pair passes
        ``domain.barriers.allows``, is not barred, and shares at least the floor of what was
        said. Somebody who just wants to talk may meet every listener. Pairs are in the order
        of the population's seekers. The same arguments give the same plan.

    Raises
    ------
    InvalidPopulationError
        If `now` has no zone.
    InvalidMatrixError
        If a weight of the rules is out of its range.

    Notes
    -----
    Takes some 20 microseconds a person to turn profiles into columns; else see `plan_crowd`.
    """
    return plan_crowd(Crowd.of(population, needs), rules=rules, now=now, seed=seed)


def plan_crowd(
    crowd: Crowd, *, rules: Rules, now: datetime, seed: int = 0, effort: Effort = STRICT
) -> Plan:
    """Pair the people of one pool as `plan_round` does, from their columns.

    Parameters
    ----------
    crowd : Crowd
        Who waits, who is free, and which pairs are barred. Either side may be empty.
    rules, now, seed
        As in `plan_round`.
    effort : Effort, default STRICT
        How hard to look: `STRICT` misses 0.1 % of the best at most, `FAST` 1 %.

    Returns
    -------
    Plan
        As of `plan_round`; pairs are in the order of the crowd's seekers. The number of
        threads changes nothing.

    Raises
    ------
    InvalidPopulationError
        If `now` has no zone.
    InvalidMatrixError
        If a weight of the rules is out of its range.

    Notes
    -----
    Maximises the sum over pairs of score * urgency * 0.5**missed over all pairs that may
    meet, as `matcher.engine.pairing.pair_up` says; `Objective` may add to it. Takes
    O(n_seekers * n_peers), one to three nanoseconds a pair and scan.
    """
    if now.tzinfo is None:
        raise InvalidPopulationError("the moment of the round has no zone")
    rng = np.random.default_rng(seed)
    people = arranged(crowd, rng)
    wanted = wanted_of(people, rules=rules, now=now)
    pool = build(wanted)
    roomy = effort.roomy(len(people.seekers))
    paired = _paired(pool, people.free, roomy, wanted, rules)
    chosen = _drawn(pool, paired, people.free, rules, rng)
    planned = _planned(people, wanted.scorer, pool, chosen)
    return Plan(
        pairs=tuple(planned[handle] for handle in crowd.seekers if handle in planned),
        blocked=paired.blocked,
        below_floor=paired.below_floor,
        total=math.fsum(pair.score for pair in planned.values()),
        gap=paired.assignment.gap,
    )


def arranged(crowd: Crowd, rng: np.random.Generator) -> Crowd:
    """Shuffle both sides, then put peers whom the same things keep apart beside each other.

    Parameters
    ----------
    crowd : Crowd
        The people.
    rng : numpy.random.Generator
        The chance.

    Returns
    -------
    Crowd
        The same people in another order: so nobody is always first among equals, and the scan
        settles many peers at once.

    Notes
    -----
    Takes O(n log n) for n people.
    """
    mixed = crowd.chosen(rng.permutation(len(crowd.seekers)), rng.permutation(len(crowd.peers)))
    peers = mixed.people.peers
    order = np.lexsort((peers.blocks, peers.format, peers.relay_ok, peers.languages))
    return mixed.chosen(np.arange(len(mixed.seekers)), order)


def wanted_of(crowd: Crowd, *, rules: Rules, now: datetime) -> Wanted:
    """Say what a round over these people looks at.

    Parameters
    ----------
    crowd : Crowd
        The people, as `arranged`.
    rules, now
        As in `plan_round`.

    Returns
    -------
    Wanted

    Raises
    ------
    InvalidMatrixError
        If a weight of the rules is out of its range.

    Notes
    -----
    Takes O((n_seekers + n_peers) * n_needs + n_peers * n_needs**2).
    """
    waited = np.maximum(0.0, now.timestamp() - crowd.since) / DAY.total_seconds()
    holds = eased(waited, rules)
    scorer = Scorer.on(crowd.people, rules, terms=holds.terms)
    told = scorer.peers.told
    rare = rarity((told.lived > 0) & told.known)
    turns = urgency(waited, scorer.ticked(), rare, rules.priority)
    return Wanted(
        scorer=scorer,
        constraints=Constraints.of(Sides(people=crowd.people, musts=rules.musts)),
        barred=crowd.barred,
        turn=MISSED ** np.minimum(crowd.missed, MOST_MISSED) * (crowd.free > 0),
        urgency=turns,
        floor=holds.floor,
        bonus=objective.bonus(rules, turns),
    )


def _paired(pool: Pool, places: Ints, effort: Effort, wanted: Wanted, rules: Rules) -> Paired:
    if rules.objective is Objective.FAIR:
        return objective.pair_fairly(pool, places, effort, wanted.scorer.ticked())
    return pair_up(pool, places, effort)


def _drawn(
    pool: Pool, paired: Paired, free: Ints, rules: Rules, rng: np.random.Generator
) -> Ints:
    """Draw among the best few of each, where the rules ask for it."""
    chosen, few = paired.assignment.columns, rules.offers.draw_among
    rows = np.flatnonzero(chosen >= 0)
    if few <= 1 or not len(rows):
        return chosen
    found = best(pool, rows, few, paired.prices)
    table = np.full((len(chosen), few), lottery.NOBODY, dtype=np.int64)
    counts = np.diff(found.indptr)
    places = np.arange(len(found.indices)) - np.repeat(found.indptr[:-1], counts)
    table[np.repeat(rows, counts), places] = found.indices
    return lottery.redraw(chosen, table, free, rng)


def _planned(
    crowd: Crowd, scorer: Scorer, pool: Pool, chosen: Ints
) -> dict[Handle, PlannedPair]:
    rows = np.flatnonzero(chosen >= 0)
    score = scores(pool, chosen)
    shared = shared_by_pair(scorer, rows, chosen[rows])
    kinds = buckets(scorer, rows, chosen[rows])
    return {
        crowd.seekers[row]: PlannedPair(
            seeker=crowd.seekers[row],
            peer=crowd.peers[chosen[row]],
            score=float(score[row]),
            best_first=needs,
            bucket=bucket,
        )
        for row, needs, bucket in zip(rows.tolist(), shared, kinds, strict=True)
    }
