"""What a user would pick instead: other ways to find candidates and to pair people."""

import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow
from scipy.optimize import linear_sum_assignment
from sklearn.neighbors import NearestNeighbors

from matcher.engine.building import Wanted
from matcher.engine.matrices import Floats, Ints

STEPS = 10**7
PAIRS_A_BLOCK = 2**20
DEEP = 10**6

Answer = tuple[float, int]
"""The total, and how many people have somebody."""
Search = Callable[[Floats], list[Ints]]
"""Finds peers for rows of ticks; made ready beforehand."""


def dense(wanted: Wanted, rows: range | None = None) -> Floats:
    """Say what every pair is worth that may meet; 0 for the others."""
    chosen = range(len(wanted.urgency)) if rows is None else rows
    step = max(1, PAIRS_A_BLOCK // max(1, wanted.constraints.n_peers))
    found = np.zeros((len(chosen), wanted.constraints.n_peers))
    for at in range(0, len(chosen), step):
        some = slice(chosen.start + at, min(chosen.start + at + step, chosen.stop))
        worth = wanted.scorer.worth(some)
        kept = wanted.constraints.between(some, n_rows=some.stop - some.start)
        may = kept.may_meet & (worth.said >= wanted.floor[some, None])
        value = worth.score * wanted.turn * wanted.urgency[some, None]
        found[at : at + step] = np.where(may, value, 0.0)
    return found


def hungarian(scores: Floats, places: Ints) -> Answer:
    """Pair by scipy, one column a place."""
    table = scores[:, np.repeat(np.arange(len(places)), places)]
    rows, columns = linear_sum_assignment(table, maximize=True)
    value = table[rows, columns]
    return float(value.sum()), int((value > 0).sum())


def flow(scores: Floats, places: Ints) -> Answer:
    """Pair by OR-tools over all edges."""
    n_seekers, n_peers = scores.shape
    rows, columns = np.nonzero(scores > 0)
    gains = np.rint(scores[rows, columns] * STEPS).astype(np.int64)
    sink = n_seekers + n_peers
    everyone, peers = np.arange(n_seekers), np.arange(n_seekers, sink)
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([rows, everyone, peers]),
        np.concatenate([n_seekers + columns, np.full(sink, sink)]),
        np.concatenate([np.ones(len(rows) + n_seekers, dtype=np.int64), places]),
        np.concatenate([-gains, np.zeros(sink, dtype=np.int64)]),
    )
    supplies = np.concatenate([np.ones(n_seekers), np.zeros(n_peers), [-n_seekers]])
    solver.set_nodes_supplies(np.arange(sink + 1), supplies.astype(np.int64))
    solver.solve()
    used = np.asarray(solver.flows(arcs[: len(rows)])) > 0
    return float(scores[rows[used], columns[used]].sum()), int(used.sum())


def greedy(scores: Floats, places: Ints) -> Answer:
    """Pair the best pair first."""
    rows, columns = np.nonzero(scores > 0)
    order = np.argsort(-scores[rows, columns], kind="stable")
    left, total, paired = places.copy(), 0.0, np.zeros(len(scores), dtype=np.bool_)
    for at in order:
        row, column = rows[at], columns[at]
        if left[column] and not paired[row]:
            left[column] -= 1
            paired[row] = True
            total += float(scores[row, column])
    return total, int(paired.sum())


def hospitals(scores: Floats, places: Ints) -> Answer:
    """Pair by the `matching` package: residents and hospitals, stable."""
    games = importlib.import_module("matching.games")
    sys.setrecursionlimit(DEEP)  # it copies everybody by way of everybody they could be with
    may = scores > 0
    wishes = {row: _best_first(scores[row]) for row in np.flatnonzero(may.any(axis=1)).tolist()}
    hosts = np.flatnonzero(may.any(axis=0) & (places > 0)).tolist()
    kept = set(hosts)
    residents = {row: [one for one in some if one in kept] for row, some in wishes.items()}
    residents = {row: some for row, some in residents.items() if some}
    hospitals_rank = {
        host: [row for row in _best_first(scores[:, host]) if row in residents]
        for host in hosts
    }
    game = games.HospitalResident.create_from_dictionaries(
        residents, hospitals_rank, {host: int(places[host]) for host in hosts}
    )
    pairs = [
        (resident.name, host.name)
        for host, some in game.solve(optimal="resident").items()
        for resident in some
    ]
    return float(sum(scores[row, column] for row, column in pairs)), len(pairs)


def scikit_learn(wanted: Wanted, most: int) -> Search:
    """Find neighbours by cosine among all peers."""
    lived = wanted.scorer.peers.told.lived
    model = NearestNeighbors(n_neighbors=min(most, len(lived)), metric="cosine", n_jobs=1)
    model.fit(lived)
    return lambda ticks: list(model.kneighbors(ticks, return_distance=False))


def faiss_flat(wanted: Wanted, most: int) -> Search:
    """Find neighbours by the inner product of unit vectors, exactly."""
    faiss: Any = importlib.import_module("faiss")
    faiss.omp_set_num_threads(1)
    lived = _unit(wanted.scorer.peers.told.lived)
    index = faiss.IndexFlatIP(lived.shape[1])
    index.add(lived)
    return lambda ticks: list(index.search(_unit(ticks), min(most, len(lived)))[1])


def is_installed(name: str) -> bool:
    """Say whether an optional library is there."""
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def _best_first(scores: Floats) -> list[int]:
    order = np.argsort(-scores, kind="stable")
    found: list[int] = order[scores[order] > 0].tolist()
    return found


def _unit(rows: Floats) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)


SEARCHES: Mapping[str, tuple[str, Callable[[Wanted, int], Search]]] = {
    "scikit-learn neighbours": ("sklearn", scikit_learn),
    "faiss flat": ("faiss", faiss_flat),
}
