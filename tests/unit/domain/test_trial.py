"""When a trial of rules falls back: for good reason, and hardly ever by chance."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest

from matcher.domain.counted import EVERYBODY, By, cell
from matcher.domain.extent import STRETCH_DAYS, Arm, Extent
from matcher.domain.noise import KeyedChance, SystemChance, discrete_laplace
from matcher.domain.shares import Share
from matcher.domain.trial import RAISES, End, Side, Why, cells_of, named, side, verdict, worst

GROUPS = ("people", "home", "health", "law")
SIZES = (0.4, 0.3, 0.2, 0.1)
EQUAL = Extent(share=20, days=14, bound=0)
SCALE = Fraction(RAISES)  # epsilon 1
TRIALS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Newcomers a day, and how many of each group are offered somebody by each arm.

    By day luck is better than by night, as far as `swings` goes: for a whole round at once.
    """

    a_day: int
    live: Mapping[str, float]
    tried: Mapping[str, float]
    swings: float = 0.0


SAME = dict(zip(GROUPS, (0.75, 0.7, 0.6, 0.45), strict=True))


def ended(pool: Pool, extent: Extent, seed: int) -> Why | None:
    """Let one trial run to its end, or to the first look that ends it."""
    rng, chance = np.random.default_rng(seed), KeyedChance(b"noise", str(seed).encode())
    total: Counter[str] = Counter()
    for nth in range(1, extent.days // STRETCH_DAYS + 1):
        total.update(stretch(pool, extent, rng))
        total.update({one: discrete_laplace(SCALE, chance) for one in cells_of(GROUPS)})
        deviation = sqrt(2 * nth) * float(SCALE)
        both = {arm: side(arm, total, GROUPS, deviation=deviation) for arm in Arm}
        if why := verdict(both, extent):
            return why
    return None


def stretch(pool: Pool, extent: Extent, rng: np.random.Generator) -> Counter[str]:
    """Count one newcomer of each round, as rounds do."""
    found: Counter[str] = Counter()
    n = pool.a_day * STRETCH_DAYS
    groups = rng.choice(len(GROUPS), size=n, p=SIZES)
    tried = rng.random(n) * 100 < extent.share
    luck = pool.swings * np.sign(np.sin(np.arange(n) / pool.a_day * 2 * np.pi))
    for group, is_tried, swing, die in zip(groups, tried, luck, rng.random(n), strict=True):
        arm, name = Arm.TRIED if is_tried else Arm.LIVE, GROUPS[group]
        rate = (pool.tried if is_tried else pool.live)[name] + swing
        end = End.OFFERED if die < rate else End.LEFT
        found.update(named(arm, end, kind) for kind in (EVERYBODY, cell(By.GROUP, name)))
    return found


@pytest.mark.parametrize(
    ("a_day", "swings", "share"), [(30, 0.0, 20), (30, 0.25, 50), (200, 0.25, 20)]
)
def test_an_equal_version_hardly_ever_ends_by_chance(
    a_day: int, swings: float, share: int
) -> None:
    pool = Pool(a_day=a_day, live=SAME, tried=SAME, swings=swings)
    extent = replace(EQUAL, share=share)

    alarms = sum(ended(pool, extent, seed) is not None for seed in range(TRIALS))

    assert alarms / TRIALS <= 0.025


def test_a_version_by_which_few_find_somebody_ends_by_itself() -> None:
    worse = {group: rate - 0.35 for group, rate in SAME.items()}
    pool = Pool(a_day=60, live=SAME, tried=worse)

    found = Counter(ended(pool, replace(EQUAL, bound=5), seed) for seed in range(40))

    assert found[Why.FEWER] >= 38


def test_a_version_that_fails_those_worst_off_ends_though_as_many_find_somebody() -> None:
    unfair = {**SAME, "law": 0.02, "people": 0.86}
    pool = Pool(a_day=200, live=SAME, tried=unfair)

    extent = Extent(share=50, days=14, bound=5)

    found = Counter(ended(pool, extent, seed) for seed in range(40))

    assert found[Why.WORST] >= 36
    assert not found[Why.FEWER]


def test_taking_from_the_better_off_is_not_unfair() -> None:
    level = {**dict.fromkeys(GROUPS, 0.85), "people": 0.5}
    pool = Pool(a_day=400, live=SAME, tried=level)
    extent = Extent(share=50, days=14, bound=5)

    assert {ended(pool, extent, seed) for seed in range(30)} == {None}


def test_nothing_is_said_of_few() -> None:
    pool = Pool(a_day=2, live=SAME, tried=dict.fromkeys(GROUPS, 0.0))

    assert {ended(pool, EQUAL, seed) for seed in range(40)} == {None}


def test_a_loss_within_the_bound_ends_nothing() -> None:
    def of(best: float) -> Side:
        exact = Share(low=best - 0.01, best=best, high=best + 0.01)
        return Side(came=500, together=exact, groups={})

    both = {Arm.LIVE: of(0.6), Arm.TRIED: of(0.52)}

    assert verdict(both, replace(EQUAL, bound=5)) is Why.FEWER
    assert verdict(both, replace(EQUAL, bound=10)) is None


def test_nobody_is_worst_off_alone() -> None:
    share = Share(low=0.1, best=0.2, high=0.3)

    assert worst(Side(came=50, together=share, groups={"home": share})) is None


def test_rounds_are_drawn_in_the_share_that_was_asked_for() -> None:
    extent = Extent(share=20)

    drawn = Counter(extent.draw(SystemChance()) for _ in range(4_000))

    assert 650 < drawn[Arm.TRIED] < 950
