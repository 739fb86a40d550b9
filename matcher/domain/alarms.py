"""What coordinators should look at; each is read off numbers that everybody there may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.cover import LEAST, Shown
from matcher.domain.needs import NeedId
from matcher.domain.shares import Share, are_apart
from matcher.domain.waits import WaitBand


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long the middle one waited, and nine of ten at the most, by band."""

    median: WaitBand
    most: WaitBand


def recruit(
    needs: Iterable[NeedId], asking: Shown, giving: Shown, *, doubt: float
) -> list[NeedId]:
    """List needs that may have fewer peers than can be shown, or none; those asked for first.

    `doubt` is how much of a number may be noise: rather one alarm too many.
    """
    few = [need for need in needs if (giving.get(need) or 0) < LEAST + doubt]
    return sorted(few, key=lambda need: -(asking.get(need) or 0))


def is_growing(now: Wait | None, before: Wait | None) -> bool:
    """Tell whether people wait longer than they did before."""
    if now is None or before is None:
        return False
    bands = list(WaitBand)
    pairs = ((now.median, before.median), (now.most, before.most))
    return any(bands.index(later) > bands.index(earlier) for later, earlier in pairs)


def declined(noes: Mapping[NeedId, Share], all_together: Share | None) -> Sequence[NeedId]:
    """List needs that peers decline more often than all needs together."""
    if all_together is None:
        return ()
    high = [
        need for need, share in noes.items() if are_apart(all_together, share, among=len(noes))
    ]
    return sorted(high, key=lambda need: -noes[need].best)
