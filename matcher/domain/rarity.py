"""Whether few people share a mix of needs, estimated from noised sums of single needs alone.

Nobody counts mixes: from how many ticked each need follows how many would share them if needs
came independently. Sums that carry noise from the first can be asked anything, any number of
times, without telling more of one person than they already do.
"""

from collections.abc import Mapping, Sequence
from math import prod

from matcher.domain.cover import LEAST
from matcher.domain.needs import MAX_NEEDS, NeedId

FEWEST = 2  # with one need there is no mix, and nothing to leave out


def better_left_out(
    mix: Sequence[NeedId], sums: Mapping[str, int], *, doubt: float
) -> NeedId | None:
    """Name the need without which a rare mix is no longer rare.

    None where the mix is not rare, where leaving out one need does not help, or where too few
    people are in the sums; `doubt` is by how much noise may have raised all sums together.
    """
    counts = {cell: max(0, count) for cell, count in sums.items()}
    people = max([0.0, sum(sums.values()) / MAX_NEEDS, *counts.values()])
    if len(mix) < FEWEST or people - doubt / MAX_NEEDS < LEAST:
        return None
    rarest = min(mix, key=lambda need: counts.get(need, 0))
    rest = [need for need in mix if need != rarest]
    is_rare = _sharing(mix, counts, people) < LEAST <= _sharing(rest, counts, people)
    return rarest if is_rare else None


def _sharing(mix: Sequence[NeedId], counts: Mapping[str, int], people: float) -> float:
    """Estimate how many share a mix; `people` is a lower bound, so rather too many."""
    return people * prod(counts.get(need, 0) / people for need in mix)
