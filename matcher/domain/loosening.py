"""Which changes of rules loosen what protects people: those a second person looks at first.

Tightening is one person's act at once. Whom training is needed for stands in needs.toml, and no
rule changes it.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from matcher.domain.profile import AgeBand
from matcher.domain.rules import AcuteGuard, Rules


class Guard(StrEnum):
    """What a change loosens."""

    AGES = "ages"
    CRISIS = "crisis"
    GUESSES = "guesses"
    FISHING = "fishing"
    PEERS = "peers"


_STRICT_LAST = (AcuteGuard.OFF, AcuteGuard.FORMAL_FIRST, AcuteGuard.EVERY)

_LOOSENESS: Mapping[str, tuple[Guard, Callable[[Rules], float]]] = {
    "musts.acute_guard": (Guard.CRISIS, lambda r: -_STRICT_LAST.index(r.musts.acute_guard)),
    "similarity.full_from_peers": (Guard.GUESSES, lambda r: -r.similarity.full_from_peers),
    "offers.a_day": (Guard.FISHING, lambda r: r.offers.a_day),
    "offers.repeat_after": (
        Guard.FISHING,
        lambda r: -r.offers.repeat_after.total_seconds(),
    ),
    "offers.repeats": (Guard.FISHING, lambda r: r.offers.repeats),
    "offers.draw_among": (Guard.FISHING, lambda r: -r.offers.draw_among),
    "peers.capacity_ceiling": (Guard.PEERS, lambda r: r.peers.capacity_ceiling),
    "peers.hours_a_week": (Guard.PEERS, lambda r: r.peers.hours_a_week),
    "peers.rest_after_room": (
        Guard.PEERS,
        lambda r: -r.peers.rest_after_room.total_seconds(),
    ),
    "peers.missed_before_pause": (Guard.PEERS, lambda r: r.peers.missed_before_pause),
}
"""How loose rules are in each of these; all other keys weigh one good thing against another."""


def loosened(old: Rules, new: Rules) -> Mapping[str, Guard]:
    """Find what the new rules loosen, by the keys of `domain.explained`."""
    return dict(_all(old, new))


def _all(old: Rules, new: Rules) -> Iterator[tuple[str, Guard]]:
    for band in AgeBand:
        if _bands(new, band) - _bands(old, band):
            yield f"musts.ages.{band}", Guard.AGES
    for key, (guard, looseness) in _LOOSENESS.items():
        if looseness(new) > looseness(old):
            yield key, guard
    if old.similarity.never_infer - new.similarity.never_infer:
        yield "similarity.never_infer", Guard.GUESSES


def _bands(rules: Rules, band: AgeBand) -> frozenset[AgeBand]:
    return rules.musts.ages.get(band, frozenset())
