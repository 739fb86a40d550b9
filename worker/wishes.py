"""Whose wishes together hardly any peer fits: nobody is suggested to them.

Seekers come unvetted, and a new code costs only work. Whoever knows a volunteer could ask for
all that this person is, and any suggestion would tell them that they are here. One wish alone
is never held against anybody: to ask for somebody of one's own kind is what many come for, and
in a small network few are.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from matcher.domain.barriers import Barrier
from matcher.domain.card import COMPANY
from matcher.domain.profile import Identity, Nearness
from matcher.domain.rules import Musts
from matcher.engine.constraints import Constraints
from matcher.engine.crowd import Crowd
from matcher.engine.fences import Sides
from matcher.engine.matrices import Bools, Ints
from matcher.engine.people import People, Seekers
from matcher.engine.profiles import bits, number

WISHES = frozenset(
    {Barrier.SAME_AGE, Barrier.IDENTITY, Barrier.GENDER, Barrier.MANNER, Barrier.NEARNESS}
)
"""Barriers that stand only where a seeker marked "Only" or "Please not"."""
ENOUGH = 1 / 2
"""Wishes that leave this share of the peers whom somebody may meet single nobody out."""
FIRST_LOOK = 512
"""So many peers are looked at first, then more: most wishes fit enough of these."""
AT_ONCE = 256  # seekers looked at in one go
EACH_IDENTITY = np.array([bits({one}, Identity) for one in Identity])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Left:
    """How many peers are left to each seeker: by all wishes, by the strictest one, by none."""

    fit: Ints
    by_one: Ints
    may_meet: Ints

    @classmethod
    def of(cls, n_seekers: int) -> Self:
        fit, by_one, may_meet = np.zeros((3, n_seekers), dtype=np.int64)
        return cls(fit=fit, by_one=by_one, may_meet=may_meet)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """The rows of the seekers whom their wishes keep from everybody.

    `pairs`: how many there would be of them and peers whom nothing else keeps apart.
    """

    rows: Ints
    pairs: int


def findable(crowd: Crowd, musts: Musts) -> Crowd:
    """Leave out who would be found by their wishes: see `left_out`."""
    return without(crowd, left_out(crowd, musts))


def without(crowd: Crowd, out: LeftOut) -> Crowd:
    """Keep everybody else."""
    kept = np.setdiff1d(np.arange(len(crowd.seekers)), out.rows)
    return crowd.chosen(kept, np.arange(len(crowd.peers)))


def left_out(crowd: Crowd, musts: Musts) -> LeftOut:
    """Find whose wishes fewer than `COMPANY` peers fit, and fewer than `ENOUGH` of all.

    Nobody is left out where one of the wishes alone leaves no more peers than all of them.
    Peers count who could be asked now, and whom nothing else keeps from that seeker.
    """
    free = np.flatnonzero(crowd.free > 0)
    asking, looks_at = np.flatnonzero(_has_wishes(crowd.people.seekers)), FIRST_LOOK
    while looks_at < len(free):
        fit = _counted(crowd.people.chosen(asking, free[:looks_at]), musts).fit
        asking, looks_at = asking[fit < COMPANY], 8 * looks_at
    left = _counted(crowd.people.chosen(asking, free), musts)
    few = (left.fit < COMPANY) & (left.fit < ENOUGH * left.may_meet) & (left.fit < left.by_one)
    few &= left.fit > 0  # whom nobody fits tells the team what is missing here
    return LeftOut(rows=asking[few], pairs=int(left.fit[few].sum()))


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


def _counted(people: People, musts: Musts) -> _Left:
    """Count for each seeker whom all wishes leave, the strictest alone, and none."""
    fences = Constraints.of(Sides(people=people, musts=musts)).fences
    found = _Left.of(len(people.seekers))
    for start in range(0, len(people.seekers), AT_ONCE):
        rows = slice(start, min(len(people.seekers), start + AT_ONCE))
        others = np.ones((rows.stop - start, len(people.peers)), dtype=np.bool_)
        for barrier in fences.keys() - WISHES:
            others &= ~fences[barrier].stands(rows)
        wished, by_one = others.copy(), _by_one_identity(people, rows, others)
        for barrier in fences.keys() & WISHES:
            is_met = ~fences[barrier].stands(rows)
            wished &= is_met
            if barrier is not Barrier.IDENTITY:
                by_one = np.minimum(by_one, (others & is_met).sum(axis=1))
        found.may_meet[rows], found.by_one[rows] = others.sum(axis=1), by_one
        found.fit[rows] = wished.sum(axis=1)
    return found


def _by_one_identity(people: People, rows: slice, others: Bools) -> Ints:
    """Count whom the strictest identity alone leaves that is asked for: each is a wish."""
    asked = people.seekers.identity_only[rows, None] & EACH_IDENTITY
    has = (people.peers.identity[:, None] & EACH_IDENTITY) > 0
    left = others.astype(np.float32) @ has.astype(np.float32)
    found: Ints = np.where(asked > 0, left, len(people.peers)).min(axis=1).astype(np.int64)
    return found
