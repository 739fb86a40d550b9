"""The compiled scan finds, scores and counts what the plain reference does, pair by pair."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.rules import Rules, Weights
from matcher.engine import building, scanning
from matcher.engine.arrivals import Arrivals, newcomer
from matcher.engine.building import Wanted, build
from matcher.engine.candidates import best, empty_lists
from matcher.engine.constraints import BARRIERS
from matcher.engine.crowd import Crowd, draw_crowd
from matcher.engine.matrices import Floats
from matcher.engine.scan import scan
from matcher.engine.scanning import Scans
from matcher.engine.worth import scores
from tests.properties import difficult
from tests.properties.difficult import NEEDS, YOUTH_MAY_MEET_YOUTH
from tests.unit.engine import pools, wild

seeds = st.integers(0, 2**32 - 1)
CLOSE = 3e-5
NOT_COUNTED = np.zeros(0, dtype=np.int64)


def hard(n_seekers: int, n_peers: int, seed: int) -> Wanted:
    people = Crowd.of(difficult.people(n_seekers, n_peers, seed), NEEDS)
    barred = pools.with_barred(people, 0.05, seed)
    return pools.wanted(barred, seed, Rules(musts=YOUTH_MAY_MEET_YOUTH))


def disagreement(asked: Wanted, prices: Floats, n_best: int) -> float:
    """Tell how far the scan's best are from the plain reference's, over all seekers."""
    worth, rows = pools.plainly(asked), np.arange(len(asked.urgency))
    found = best(build(asked), rows, n_best, prices.astype(np.float32))
    furthest = 0.0
    for row, truly in enumerate(pools.most_left(worth, prices, n_best)):
        some = slice(found.indptr[row], found.indptr[row + 1])
        columns = found.indices[some]
        left, most = worth[row, columns] - prices[columns], worth[row, truly] - prices[truly]
        shared = min(len(left), len(most))
        beyond = [*left[shared:], *most[shared:]]  # who leaves next to nothing may differ
        assert (worth[row, columns] > 0).all()
        assert len(set(columns.tolist())) == len(columns)
        off = found.data[some] - worth[row, columns]
        gaps = np.sort(left)[::-1][:shared] - most[:shared]
        furthest = max(furthest, np.abs([*off, *beyond, *gaps]).max(initial=0.0))
    return furthest


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 12), st.integers(0, 200), st.integers(1, 9), seeds)
def test_the_best_of_any_people_are_the_plain_reference_s(
    n_seekers: int, n_peers: int, n_best: int, seed: int
) -> None:
    asked = pools.wild_wanted(n_seekers, n_peers, seed)
    prices = np.random.default_rng(seed).choice([0.0, 0.2, 0.9, 3.0], n_peers)

    assert disagreement(asked, np.zeros(n_peers), n_best) < CLOSE
    assert disagreement(asked, prices, n_best) < CLOSE


@pytest.mark.parametrize("n_peers", [1, 63, 64, 65, 1000])
@pytest.mark.parametrize("n_best", [1, 17, 1000])
def test_the_best_of_difficult_people_are_the_plain_reference_s(
    n_peers: int, n_best: int
) -> None:
    asked = hard(150, n_peers, n_peers)
    prices = np.random.default_rng(1).uniform(0, 2, n_peers)

    assert disagreement(asked, np.zeros(n_peers), n_best) < CLOSE
    assert disagreement(asked, prices, n_best) < CLOSE


@pytest.mark.parametrize("n_peers", [0, 1, 64, 1000])
def test_who_comes_alone_finds_what_they_would_find_among_all(n_peers: int) -> None:
    asked = hard(150, n_peers, 9)
    pool, rng = build(asked), np.random.default_rng(1)
    prices = rng.uniform(0, 1, n_peers).astype(np.float32)
    whole, ready = best(pool, np.arange(150), 12, prices), Arrivals.at(pool, 12, prices)

    found = [ready.best(newcomer(pool, row)) for row in range(150)]

    worth = pools.plainly(asked)
    for row, (peers, told) in enumerate(found):
        some = slice(whole.indptr[row], whole.indptr[row + 1])
        among_all = whole.data[some] - prices[whole.indices[some]]
        assert told - prices[peers] == pytest.approx(among_all, abs=CLOSE)
        assert told == pytest.approx(worth[row, peers], abs=CLOSE)


def test_peers_far_down_a_large_pool_are_found_as_well() -> None:
    asked = pools.wanted(pools.with_barred(draw_crowd(60, 9_000, 5), 0.01, 5), 5)
    worth = pools.plainly(asked)
    beyond_one_tile = np.argmax(worth, axis=1) >= 4096

    assert 10 < beyond_one_tile.sum() < 50
    assert disagreement(asked, np.zeros(9_000), 12) < CLOSE


def test_peers_who_told_hardly_anything_are_found_as_well() -> None:
    people = draw_crowd(150, 400, 7)
    lived = people.people.peers.lived.copy()
    lived[np.random.default_rng(7).random(lived.shape) > 0.2] = -1
    peers = replace(people.people.peers, lived=lived)
    asked = pools.wanted(replace(people, people=replace(people.people, peers=peers)), 7)

    assert disagreement(asked, np.zeros(400), 30) < CLOSE


def test_who_asked_for_nothing_known_meets_whoever_they_may_where_the_floor_is_zero() -> None:
    people = wild.population(30, 40, 4)
    nothing = tuple(
        replace(one, profile=replace(one.profile, needs=(wild.LOST,), main=None))
        for one in people.seekers
    )
    plain = pools.wanted(pools.crowd(replace(people, seekers=nothing)), 4, pools.easy(4))
    asked = replace(plain, floor=np.zeros(30))

    assert (pools.plainly(asked) > 0).any()
    assert disagreement(asked, np.zeros(40), 40) < CLOSE


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 12), st.integers(1, 150), seeds)
def test_any_pair_scores_what_it_plainly_scores(
    n_seekers: int, n_peers: int, seed: int
) -> None:
    weights = Weights(needs={name: 0.5 + at for at, name in enumerate(wild.NAMES)}, main=7)
    people = pools.crowd(wild.population(n_seekers, n_peers, seed))
    asked = pools.wanted(people, seed, replace(pools.easy(seed), weights=weights))
    plain, pool = pools.judged(asked).score, build(asked)
    chosen = np.random.default_rng(seed).integers(-1, n_peers, n_seekers)

    found = scores(pool, chosen)

    expected = np.where(chosen < 0, 0.0, plain[np.arange(n_seekers), chosen])
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("prices", [0.0, 0.3], ids=["free", "at a price"])
@pytest.mark.parametrize("room", [1, 4, 64])
def test_nobody_beyond_a_list_leaves_more_than_it_says(room: int, prices: float) -> None:
    asked = hard(120, 700, 3)
    worth, pool = pools.plainly(asked), build(asked)
    asking = np.full(len(pool[1].turn), prices, dtype=np.float32)
    lists = empty_lists(120, room)

    scan(pool, np.arange(120), asking, lists, NOT_COUNTED)

    for row in range(120):
        first = lists.first[row]
        listed = lists.columns[first : first + lists.length[row]]
        others = np.delete(worth[row], listed) - prices
        assert others.max(initial=0.0) <= lists.rest[row] + CLOSE
        assert lists.rest[row] == 0 or lists.length[row] == room


@pytest.mark.parametrize("most", [0, 10**6], ids=["bit by bit", "set by set"])
@pytest.mark.parametrize("seed", [1, 2])
def test_fences_hold_alike_however_they_are_turned_around(
    monkeypatch: pytest.MonkeyPatch, most: int, seed: int
) -> None:
    asked = hard(400, 130, seed)
    n_sets = [len(np.unique(asked.constraints.fences[one].mine, axis=0)) for one in BARRIERS]
    monkeypatch.setattr(building, "MOST_PATTERNS", most)

    assert max(n_sets) > 128
    assert disagreement(asked, np.zeros(130), 20) < CLOSE


@pytest.mark.parametrize(
    ("drawn", "sizes"),
    [(hard, (90, 333, 6)), (pools.wild_wanted, (150, 150, 3)), (pools.wild_wanted, (60, 0, 1))],
    ids=["difficult", "wild", "without peers"],
)
def test_what_alone_keeps_pairs_apart_is_counted_as_it_plainly_is(
    drawn: Callable[[int, int, int], Wanted], sizes: tuple[int, int, int]
) -> None:
    asked = drawn(*sizes)
    n_seekers = len(asked.urgency)
    kept = asked.constraints.between(slice(0, n_seekers), n_rows=n_seekers)
    shares = pools.enough(asked, pools.judged(asked).said)
    open_ = pools.open_pairs(asked)

    scans = Scans(build(asked), empty_lists(n_seekers, 5), None)
    for rows in (np.arange(n_seekers), np.arange(n_seekers)):  # who looks again is not counted
        scans.begin(rows, np.zeros(len(asked.turn), dtype=np.float32))()

    alone = [
        int((open_ & shares & (kept.only == place)).sum()) for place in range(len(BARRIERS))
    ]
    assert scans.apart()[:-1].tolist() == alone
    assert scans.apart()[-1] == int((open_ & kept.may_meet & ~shares).sum())


def test_in_large_pools_one_seeker_in_so_many_stands_for_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scanning, "COUNTED", 30)
    asked = hard(90, 333, 6)
    kept = asked.constraints.between(slice(0, 90), n_rows=90)
    shares = pools.enough(asked, pools.judged(asked).said)
    counted = (pools.open_pairs(asked) & shares)[::3]

    scans = Scans(build(asked), empty_lists(90, 5), None)
    scans.begin(np.arange(90), np.zeros(len(asked.turn), dtype=np.float32))()

    alone = [int((counted & (kept.only[::3] == at)).sum()) for at in range(len(BARRIERS))]
    assert scans.apart()[:-1].tolist() == [3 * number for number in alone]
