"""From what hostile peers have seen to a guess whether their target is here.

Whoever fishes knows all rules of the place, and guesses by whichever way serves them best. It
is chosen on one half of the weeks and measured on the other: the best of many ways is always a
little luckier on the weeks that it was chosen by.
"""

from collections.abc import Callable, Sequence
from math import sqrt

from tests.bench.baits import Hostile

Way = Callable[[Hostile], float]
TENTHS = 10


def gain(found: Sequence[Hostile]) -> float:
    """Say how much better than by chance they guess who is here: true less false rate."""
    half = len(found) // 2
    both = (found[:half], found[half:]), (found[half:], found[:half])
    return sum(_gain(measured, *_best(chosen)) for chosen, measured in both) / 2


def doubt(found: Sequence[Hostile]) -> float:
    """Say by how much a gain may be wrong: two standard errors, where nobody can be told."""
    return 2 * sqrt(2 * 0.25 / (len(found) / 2))


def rate(found: Sequence[Hostile], said: Callable[[Hostile], bool], *, is_here: bool) -> float:
    """Say of which share of those who are here, or are not, something is said."""
    chosen = [said(one) for one in found if one.is_here is is_here]
    return sum(chosen) / len(chosen)


def has_seen(one: Hostile) -> bool:
    """Say whether a card fitted."""
    return any(fits for fits, _ in one.looks)


def has_seen_again(one: Hostile) -> bool:
    """Say whether a second look fitted too."""
    return one.again


def _best(found: Sequence[Hostile]) -> tuple[Way, float]:
    tried = [(way, least) for way in WAYS for least in sorted({way(one) for one in found})]
    return max(tried, key=lambda one: _gain(found, *one))


def _gain(found: Sequence[Hostile], way: Way, least: float) -> float:
    true, false = (
        rate(found, lambda one: way(one) >= least, is_here=is_here) for is_here in (True, False)
    )
    return true - false


def _cards(one: Hostile) -> float:
    return len(one.looks)


def _fitting(one: Hostile) -> float:
    return sum(fits for fits, _ in one.looks)


def _telling(one: Hostile) -> float:
    return sum(fits and lines > 0 for fits, lines in one.looks)


def _telling_all(one: Hostile) -> float:
    return sum(fits and lines > 1 for fits, lines in one.looks)


def _tenths(one: Hostile) -> float:
    return round(TENTHS * _fitting(one) / max(1, len(one.looks)))


def _few(one: Hostile) -> float:
    return -len(one.looks)


WAYS: tuple[Way, ...] = (
    has_seen_again,
    _cards,
    _fitting,
    _telling,
    _telling_all,
    _tenths,
    _few,
)
