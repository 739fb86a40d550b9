"""From what hostile people have seen to a guess whether their target is here.

Whoever fishes knows all rules of the place, and guesses by whichever way serves them best. It
is chosen on one half of the weeks and measured on the other: the best of many ways is always a
little luckier on the weeks that it was chosen by.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import chain
from math import sqrt

TENTHS = 10
LEAST_EXPECTED = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one card says of a target: each part agrees with them, or shows nothing.

    `lines` counts the needs and groups on it.
    """

    names: bool
    speaks: bool
    talks: bool
    lines: int

    @property
    def fits(self) -> bool:
        """Tell whether the card could be the target's."""
        return self.names and self.speaks and self.talks


@dataclass(slots=True, kw_only=True)
class Watcher:
    """Somebody who watches for one person, who is here or not.

    `crowd` is which share of all people could be suggested to them; `looks` are the cards
    they saw; `again` says that a card fitted at a second look too.
    """

    is_here: bool
    crowd: float
    looks: list[Look] = field(default_factory=list)
    again: bool = False


class Channel(StrEnum):
    """What a guess looks at."""

    COMES = "whether cards come"
    NEEDS = "needs"
    LANGUAGES = "languages"
    FORMAT = "how they would talk"
    ALL = "all"


Way = Callable[[Watcher], float]


def gain(found: Sequence[Watcher], channel: Channel = Channel.ALL) -> float:
    """Say how much better than by chance they guess who is here: true less false rate."""
    half = len(found) // 2
    both = (found[:half], found[half:]), (found[half:], found[:half])
    return sum(_gain(measured, *_best(chosen, channel)) for chosen, measured in both) / 2


def doubt(found: Sequence[Watcher]) -> float:
    """Say by how much a gain may be wrong: two standard errors, where nobody can be told."""
    return 2 * sqrt(2 * 0.25 / (len(found) / 2))


def rate(found: Sequence[Watcher], said: Callable[[Watcher], bool], *, is_here: bool) -> float:
    """Say of which share of those who are here, or are not, something is said."""
    chosen = [said(one) for one in found if one.is_here is is_here]
    return sum(chosen) / len(chosen)


def has_seen(one: Watcher) -> bool:
    """Say whether a card fitted."""
    return any(look.fits for look in one.looks)


def has_seen_again(one: Watcher) -> bool:
    """Say whether a second look fitted too."""
    return one.again


def _best(found: Sequence[Watcher], channel: Channel) -> tuple[Way, float]:
    ways = _ways(found)
    chosen = [*chain(*ways.values())] if channel is Channel.ALL else ways[channel]
    tried = [(way, least) for way in chosen for least in sorted({way(one) for one in found})]
    return max(tried, key=lambda one: _gain(found, *one))


def _gain(found: Sequence[Watcher], way: Way, least: float) -> float:
    true, false = (
        rate(found, lambda one: way(one) >= least, is_here=is_here) for is_here in (True, False)
    )
    return true - false


def _ways(found: Sequence[Watcher]) -> dict[Channel, list[Way]]:
    """List the ways to guess; what is expected of a crowd they know from `found`."""
    alone = [one for one in found if not one.is_here]
    crowds = sum(one.crowd for one in alone) or 1.0
    usual = sum(len(one.looks) for one in alone) / crowds
    fitting = sum(_fitting(one) for one in alone) / crowds
    return {
        Channel.COMES: [_cards, _few, partial(_unexpected, _cards, usual)],
        Channel.NEEDS: [_telling, _telling_all, partial(_tenths, "names")],
        Channel.LANGUAGES: [partial(_tenths, "speaks")],
        Channel.FORMAT: [partial(_tenths, "talks")],
        Channel.ALL: [
            has_seen_again,
            _fitting,
            partial(_tenths, "fits"),
            partial(_unexpected, _fitting, fitting),
        ],
    }


def _cards(one: Watcher) -> float:
    return len(one.looks)


def _few(one: Watcher) -> float:
    return -len(one.looks)


def _fitting(one: Watcher) -> float:
    return sum(look.fits for look in one.looks)


def _unexpected(counted: Way, usual: float, one: Watcher) -> float:
    """Count how many more they saw than who could be suggested to them lets expect."""
    expected = max(LEAST_EXPECTED, usual * one.crowd)
    return round((counted(one) - expected) / sqrt(expected), 1)


def _telling(one: Watcher) -> float:
    return sum(look.names and look.lines > 0 for look in one.looks)


def _telling_all(one: Watcher) -> float:
    return sum(look.names and look.lines > 1 for look in one.looks)


def _tenths(part: str, one: Watcher) -> float:
    """Say in tenths of which share of the cards a part fits; of no card, all fit."""
    agreeing = sum(bool(getattr(look, part)) for look in one.looks)
    return TENTHS * agreeing // len(one.looks) if one.looks else TENTHS
