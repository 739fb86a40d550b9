"""Whose wishes hardly any peer fits: nobody is suggested to them.

Seekers come unvetted, and a new code costs only work. Whoever knows a volunteer could ask for
just what that person is, and any suggestion would tell them that they are here.
"""

import numpy as np

from matcher.domain.barriers import Barrier
from matcher.domain.card import COMPANY
from matcher.domain.rules import Musts
from matcher.engine.constraints import Constraints
from matcher.engine.crowd import Crowd
from matcher.engine.fences import Sides
from matcher.engine.matrices import Bools, Ints

WISHES = frozenset(
    {Barrier.SAME_AGE, Barrier.IDENTITY, Barrier.GENDER, Barrier.MANNER, Barrier.NEARNESS}
)
"""Barriers that stand only where a seeker marked "Only" or "Please not"."""
AT_ONCE = 256  # seekers looked at in one go
ENOUGH = 1 / 2
"""Wishes that leave this share of the peers whom somebody may meet single nobody out."""


def findable(crowd: Crowd, musts: Musts) -> Crowd:
    """Leave out whose wishes fewer than `COMPANY` peers fit, and fewer than `ENOUGH` of all.

    Peers count who could be asked now, and whom nothing else keeps from that seeker.
    """
    free = np.flatnonzero(crowd.free > 0)
    rows = np.arange(len(crowd.seekers))
    blocks = [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]
    kept = [block[~_singles_out(crowd, block, free, musts)] for block in blocks]
    return crowd.chosen(np.concatenate([rows[:0], *kept]), np.arange(len(crowd.peers)))


def _singles_out(crowd: Crowd, rows: Ints, free: Ints, musts: Musts) -> Bools:
    people = crowd.people.chosen(rows, free)
    fences = Constraints.of(Sides(people=people, musts=musts)).fences
    left = np.ones((len(rows), len(free)), dtype=np.bool_)
    wished = left.copy()
    for barrier, fence in fences.items():
        (wished if barrier in WISHES else left)[fence.stands(slice(0, len(rows)))] = False
    fit, may_meet = (left & wished).sum(axis=1), left.sum(axis=1)
    few = (fit < COMPANY) & (fit < ENOUGH * may_meet)
    found: Bools = few & (fit > 0)  # whom nobody fits tells the team what is missing here
    return found
