"""Which peers are not alone with one person: enough of those who wait could be suggested."""

from dataclasses import replace

import numpy as np

from matcher.engine.bits import meet
from matcher.engine.constraints import Constraints
from matcher.engine.fences import Sides
from matcher.engine.matrices import Bools, Ints
from matcher.engine.people import NOTHING

AT_ONCE = 512
"""So many seekers are looked at in one go: enough for most peers, who are then left out."""


def in_company(sides: Sides, constraints: Constraints, barred: Ints, least: int) -> Bools:
    """Tell to which peers at least so many of those who wait could be suggested.

    Whoever makes up answers that hardly anybody else is suggested for would learn from any
    suggestion that the one person is here whom they made them for.

    Parameters
    ----------
    sides : Sides
        n_seekers and n_peers people; either side may be empty.
    constraints : Constraints
        Every barrier over the same people.
    barred : ndarray of int, shape (n_barred, 2)
        Rows of seekers and peers who are not to be offered to each other now.
    least : int
        How many; with 1 or less nobody is counted.

    Returns
    -------
    ndarray of bool, shape (n_peers,)
        True where `least` seekers share something they ticked with the peer (or just want to
        talk), no barrier stands between them, and the pair is not barred.

    Notes
    -----
    As k-anonymity [1]_, of the people who could be behind a suggestion. It bounds no guess by
    itself: that more suggestions come than usual still makes it likelier that somebody is here,
    the less the more people could be meant. Departure: whom only the floor of what was said
    keeps apart counts too, as floors fall with waiting. Takes O(AT_ONCE * n_peers), and
    O(n_seekers) more for each peer to whom few could be suggested.

    References
    ----------
    .. [1] L. Sweeney, "k-anonymity: a model for protecting privacy", International Journal of
       Uncertainty, Fuzziness and Knowledge-based Systems 10(5), 2002.
    """
    n_seekers, n_peers = len(sides.people.seekers), len(sides.people.peers)
    if least <= 1:
        return np.ones(n_peers, dtype=np.bool_)
    found, asked = np.zeros(n_peers, dtype=np.int64), np.arange(n_peers)
    for start in range(0, n_seekers, AT_ONCE):
        rows = np.arange(start, min(n_seekers, start + AT_ONCE))
        could = _share(sides, rows, asked) & _may_meet(constraints, rows, asked)
        _leave_out(could, barred, rows, asked)
        found[asked] += could.sum(axis=0)
        asked = asked[found[asked] < least]
    is_enough: Bools = found >= least
    return is_enough


def _share(sides: Sides, rows: Ints, columns: Ints) -> Bools:
    """Mark who has lived through something that the other ticked; anybody may just talk."""
    people = sides.people.chosen(rows, columns)
    ticked = replace(sides, people=people).ticked().astype(np.float32)
    lived = (people.peers.lived > 0).astype(np.float32)
    is_talk = (people.seekers.ticks == people.just_talk) & (people.seekers.ticks != NOTHING)
    shared: Bools = (ticked @ lived.T > 0) | is_talk.any(axis=1)[:, None]
    return shared


def _may_meet(constraints: Constraints, rows: Ints, columns: Ints) -> Bools:
    """Mark between whom no barrier stands."""
    found = np.ones((len(rows), len(columns)), dtype=np.bool_)
    for fence in constraints.fences.values():
        found &= meet(fence.mine[rows], fence.theirs[columns]) == fence.must_meet
    return found


def _leave_out(could: Bools, barred: Ints, rows: Ints, columns: Ints) -> None:
    """Take barred pairs out of a block; both sides of it rise."""
    inside = np.isin(barred[:, 0], rows) & np.isin(barred[:, 1], columns)
    pairs = barred[inside]
    could[np.searchsorted(rows, pairs[:, 0]), np.searchsorted(columns, pairs[:, 1])] = False
