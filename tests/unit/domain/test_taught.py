"""What outcomes teach is said of many only, beside its interval, and never boldly."""

from collections.abc import Sequence
from itertools import count, takewhile

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.lessons import BUCKETS, FEATURES, Heard
from matcher.domain.regression import Fit
from matcher.domain.rules import Term, Weights
from matcher.domain.shares import WIDEST
from matcher.domain.taught import MOST_WEIGHT, TRY, Taught, Way, Z, apart, needed, taught
from tests.hearing import EVEN, ODD, hear

WEIGHTS = {term: Weights().of(term) for term in Term}
NOTHING = (0.3, 0.0, 0.0, 0.0, 0.0)
LARGE = (0.0, 0.9, 0.0, 0.0, 0.0)
SOME = (0.0, 0.9, 0.0, -0.45, 0.45)
ROUNDS = 150


def drawn(answers: int, effects: Sequence[float], *, seed: int, scale: float = 1.0) -> Heard:
    return hear(np.random.default_rng(seed), answers, effects, scale=scale, has=ODD)


def ways(told: Taught) -> list[Way]:
    return [one.difference.way for one in told.lessons if one.difference]


def test_nothing_is_suggested_where_nothing_helps_more() -> None:
    false = sum(
        set(ways(taught(drawn(1_500, NOTHING, seed=seed), WEIGHTS))) != {Way.OPEN}
        for seed in range(ROUNDS)
    )

    assert false / ROUNDS <= 0.07  # 5 % but for the chance of this test


def test_a_large_difference_is_found_among_three_thousand_and_its_way_is_told() -> None:
    told = [taught(drawn(3_000, LARGE, seed=seed), WEIGHTS) for seed in range(40)]

    found = [one.lessons[0] for one in told if one.lessons[0].wish is not None]
    assert len(found) >= 34
    assert {one.wish for one in found} == {0.07}
    assert all(one.difference and one.difference.way is Way.MORE for one in found)


def test_intervals_hold_all_true_differences_at_once() -> None:
    effects, held = SOME, 0
    for seed in range(ROUNDS):
        heard = drawn(2_000, effects, seed=seed)
        true = Fit(best=effects, variance=())
        told = taught(heard, WEIGHTS).lessons
        held += all(
            one.difference is not None
            and one.difference.low
            <= apart(heard, true, at, effects[at + 1])
            <= one.difference.high
            for at, one in enumerate(told)
        )

    assert 0.91 < held / ROUNDS <= 0.99


def test_the_interval_of_a_large_difference_is_as_wide_as_chance_moves_it() -> None:
    """The level and the other features are guesses as well: a difference moves with them."""
    ratios = []
    for has in (EVEN, ODD):
        found = [
            taught(hear(np.random.default_rng(seed), 6_000, SOME, has=has), WEIGHTS)
            .lessons[0]
            .difference
            for seed in range(ROUNDS)
        ]
        told = [one for one in found if one]
        assert len(told) == ROUNDS
        claimed = np.mean([one.high - one.low for one in told]) / 2 / Z
        ratios.append(claimed / np.std([one.best for one in told]))

    assert 0.95 < np.mean(ratios) < 1.1


def test_a_weight_goes_down_where_pairs_with_it_say_less_often_that_it_helped() -> None:
    told = taught(drawn(6_000, (0.5, 0, 0, 0, -1.0), seed=1), WEIGHTS).lessons

    assert told[3].difference is not None
    assert told[3].difference.high < 0
    assert told[3].wish == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("weight", "more", "less"),
    [
        (0.0, 0.02, None),
        (0.01, 0.03, 0.0),
        (0.19, 0.2, 0.17),
        (0.2, None, 0.18),
        (0.9, None, 0.88),
    ],
)
def test_a_try_is_one_small_step_that_stays_where_small_terms_belong(
    weight: float, more: float | None, less: float | None
) -> None:
    for effect, wish in ((1.2, more), (-1.2, less)):
        heard = drawn(6_000, (0, effect, 0, 0, 0), seed=2)
        (one, *_) = taught(heard, {Term.STAGE: weight}).lessons
        assert one.wish == wish
        if wish is not None:
            assert abs(wish - weight) <= TRY + 1e-9
            assert 0 <= wish <= max(MOST_WEIGHT, weight)


def test_without_rules_that_can_be_read_there_is_nothing_to_try() -> None:
    told = taught(drawn(6_000, LARGE, seed=3), {}).lessons

    assert told[0].difference is not None
    assert [one.wish for one in told] == [None] * 4


def test_few_answers_say_nothing_however_clear_they_look() -> None:
    n = needed(noise=0.0)

    def clear(answers: int) -> Taught:
        size = answers // BUCKETS
        rows = ((size, 0, 0) if bucket & 1 else (0, 0, size) for bucket in range(BUCKETS))
        return taught(Heard(counts=tuple(rows), noise=0.0), WEIGHTS)

    assert not ways(clear(n - BUCKETS))
    assert Way.MORE in ways(clear(n + BUCKETS))
    assert clear(16).answers is not None
    assert clear(0).answers is None


@pytest.mark.parametrize("many", [(300, 200, 200), (400, 100, 100), (100, 250, 250)])
def test_a_feature_that_few_pairs_have_or_lack_says_nothing(
    many: tuple[int, int, int],
) -> None:
    for has in (True, False):
        rows = [many if bool(bucket & 2) is not has else (1, 0, 0) for bucket in range(BUCKETS)]
        told = taught(Heard(counts=tuple(rows), noise=0.0), WEIGHTS).lessons
        assert told[1].difference is None
        assert told[1].wish is None
        assert (told[1].answers is None) is has
        assert told[0].difference is not None


def test_a_difference_that_may_be_almost_anything_is_not_told() -> None:
    rows = [(2, 1, 1) if bucket & 1 else (300, 220, 180) for bucket in range(BUCKETS)]

    told = taught(Heard(counts=tuple(rows), noise=0.0), WEIGHTS).lessons

    assert told[0].answers == 30
    assert told[0].difference is None
    assert told[1].difference is not None


def test_as_many_as_are_needed_are_right_within_twenty_of_a_hundred() -> None:
    for scale in (0.0, 1.0):
        noise = hear(np.random.default_rng(), 16, NOTHING, scale=scale).noise
        n = needed(noise=noise)
        widths = [
            one.difference.high - one.difference.low
            for seed in range(10)
            for one in taught(
                hear(np.random.default_rng(seed), n + 100, NOTHING, scale=scale), WEIGHTS
            ).lessons
            if one.difference
        ]
        assert 0.3 < np.mean(widths) < 0.44
    fewest = (needed(noise=float(noise)) for noise in count())
    assert list(takewhile(lambda n: n < 5_000, fewest))[:3] == [625, 670, 780]


cells = st.integers(-1_000, 1_300)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(cells, cells, cells), min_size=BUCKETS, max_size=BUCKETS),
    st.sampled_from([0.0, 1.0, 40.0]),
)
def test_whatever_noise_has_left_no_difference_is_absurd(
    counts: list[tuple[int, int, int]], noise: float
) -> None:
    told = taught(Heard(counts=tuple(counts), noise=noise), WEIGHTS)

    assert [one.feature for one in told.lessons] == list(FEATURES)
    for one in told.lessons:
        if one.difference is not None:
            low, best, high = one.difference.low, one.difference.best, one.difference.high
            assert -1 <= low <= best <= high <= 1
            assert high - low <= 2 * WIDEST
        assert one.wish is None or 0 <= one.wish <= MOST_WEIGHT
