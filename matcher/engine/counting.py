"""What a round does for whom, as true counts: not to be shown before they are covered."""

from collections.abc import Iterable
from datetime import datetime

import numpy as np

from matcher.engine.crowd import Crowd
from matcher.engine.matrices import Bools, Ints
from matcher.engine.people import NOTHING
from matcher.engine.plan import Plan

MOST_CHANGED = 4
"""By how much one seeker more changes all cells together, in an exact optimum: see `count`."""

DAY_S = 86_400.0
WAITS = {"up to a day": 1.0, "up to three days": 3.0, "up to a week": 7.0, "longer": np.inf}


def count(crowd: Crowd, plan: Plan, now: datetime) -> dict[str, dict[str, int]]:
    """Count who finds somebody in a round, and who waits on.

    Parameters
    ----------
    crowd : Crowd
        The people.
    plan : Plan
        What the round would propose to them.
    now : datetime
        The moment of the round, aware.

    Returns
    -------
    dict of str to dict of str to int
        "matched" and "waiting" by group of needs, "waits" (who is left) by how long they have
        waited. Every group and every length has a cell, however small. Each seeker stands in
        one group alone, that of what matters most to them, or else of what they ticked first:
        so that one person moves few cells.

    Notes
    -----
    One seeker more, at an optimum: they are matched or not, and at the most one other loses
    their peer to them (the two matchings differ by one alternating path). "matched" changes by
    2 at the most, "waiting" and "waits" by 1 each: `MOST_CHANGED`. A round is within 0.1 % of
    an optimum, so a few others may change with it, by chance rather than by who was added. One
    peer more changes as many seekers as they have places. Takes O(n_seekers).
    """
    group_at = groups_of(crowd)
    matched = {pair.seeker for pair in plan.pairs}
    is_matched = np.array([handle in matched for handle in crowd.seekers], dtype=np.bool_)
    names = [group.id for group in crowd.people.needs.groups]
    days = (now.timestamp() - crowd.since) / DAY_S
    length_at = np.searchsorted(np.array(list(WAITS.values())), days)
    return {
        "matched": _table(names, group_at, is_matched),
        "waiting": _table(names, group_at, ~is_matched),
        "waits": _table(WAITS, length_at, ~is_matched),
    }


def groups_of(crowd: Crowd) -> Ints:
    """Find the group of needs that matters most to each seeker.

    Parameters
    ----------
    crowd : Crowd
        The people.

    Returns
    -------
    ndarray of int, shape (n_seekers,)
        Its place among the groups; `NOTHING` for who ticked no need.

    Notes
    -----
    Takes O(n_seekers).
    """
    needs, asking = crowd.people.needs, crowd.people.seekers
    places = {group.id: place for place, group in enumerate(needs.groups)}
    group_of = np.array(
        [places[needs.by_id[need].group] for need in crowd.people.ids], dtype=np.int64
    )
    need_at = np.where(asking.main != NOTHING, asking.main, asking.ticks[:, 0])
    return np.where(need_at == NOTHING, NOTHING, group_of[need_at])


def _table(names: Iterable[str], place: Ints, chosen: Bools) -> dict[str, int]:
    kept = place[chosen & (place != NOTHING)]
    return {name: int((kept == at).sum()) for at, name in enumerate(names)}
