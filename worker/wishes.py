"""Whose wishes hardly any peer fits: nobody is suggested to them.

Seekers come unvetted, and a new code costs only work. Whoever knows a volunteer could ask for
just what that person is, and any suggestion would tell them that they are here.
"""

import numpy as np

from matcher.domain.barriers import Barrier
from matcher.domain.card import COMPANY
from matcher.domain.profile import Nearness
from matcher.domain.rules import Musts
from matcher.engine.constraints import Constraints
from matcher.engine.crowd import Crowd
from matcher.engine.fences import Sides
from matcher.engine.matrices import Bools, Ints
from matcher.engine.people import People, Seekers
from matcher.engine.profiles import number

WISHES = frozenset(
    {Barrier.SAME_AGE, Barrier.IDENTITY, Barrier.GENDER, Barrier.MANNER, Barrier.NEARNESS}
)
"""Barriers that stand only where a seeker marked "Only" or "Please not"."""
ENOUGH = 1 / 2
"""Wishes that leave this share of the peers whom somebody may meet single nobody out."""
FIRST_LOOK = 512
"""So many peers are looked at first, then more: most wishes fit enough of these."""
AT_ONCE = 256  # seekers looked at in one go


def findable(crowd: Crowd, musts: Musts) -> Crowd:
    """Leave out whose wishes fewer than `COMPANY` peers fit, and fewer than `ENOUGH` of all.

    Peers count who could be asked now, and whom nothing else keeps from that seeker.
    """
    free = np.flatnonzero(crowd.free > 0)
    asking, looks_at = np.flatnonzero(_has_wishes(crowd.people.seekers)), FIRST_LOOK
    while looks_at < len(free):
        fit, _ = _counted(crowd.people.chosen(asking, free[:looks_at]), musts)
        asking, looks_at = asking[fit < COMPANY], 8 * looks_at
    fit, may_meet = _counted(crowd.people.chosen(asking, free), musts)
    few = (fit < COMPANY) & (fit < ENOUGH * may_meet)
    few &= fit > 0  # whom nobody fits tells the team what is missing here
    kept = np.setdiff1d(np.arange(len(crowd.seekers)), asking[few])
    return crowd.chosen(kept, np.arange(len(crowd.peers)))


def _has_wishes(seekers: Seekers) -> Bools:
    near = [number(wish) for wish in (Nearness.NEAR_ONLY, Nearness.FAR_ONLY)]
    found: Bools = (
        (seekers.identity_only > 0)
        | (seekers.gender_not > 0)
        | (seekers.manner_not > 0)
        | seekers.same_age_only
        | np.isin(seekers.nearness, near)
    )
    return found


def _counted(people: People, musts: Musts) -> tuple[Ints, Ints]:
    """Count for each seeker the peers who fit, and those who would without their wishes."""
    fences = Constraints.of(Sides(people=people, musts=musts)).fences
    n_seekers, n_peers = len(people.seekers), len(people.peers)
    fit = np.zeros(n_seekers, dtype=np.int64)
    may_meet = fit.copy()
    for start in range(0, n_seekers, AT_ONCE):
        rows = slice(start, min(n_seekers, start + AT_ONCE))
        others = np.ones((rows.stop - start, n_peers), dtype=np.bool_)
        wished = others.copy()
        for barrier, fence in fences.items():
            (wished if barrier in WISHES else others)[fence.stands(rows)] = False
        may_meet[rows] = others.sum(axis=1)
        fit[rows] = (others & wished).sum(axis=1)
    return fit, may_meet
