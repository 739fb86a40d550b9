"""What pairs are worth, compiled: peer by peer what `Scorer.worth` says in plain numpy.

Each function goes over many peers of one seeker and takes what it reads out of the pool once:
handing a whole pool to a function costs more than to score a pair.
"""

import numpy as np

from matcher.engine.compiled import compiled
from matcher.engine.matrices import Floats, Ints
from matcher.engine.parts import SAID
from matcher.engine.pool import MOST, Pool
from matcher.engine.terms import STEP_AHEAD
from matcher.engine.unsaid import NEITHER

NOTHING = 1e-9
LEVEL = 1 / MOST


@compiled
def scores(pool: Pool, chosen: Ints) -> Floats:
    """Score each seeker with their peer, without turn, urgency and bonus; 0 for nobody.

    Parameters
    ----------
    pool : Pool
        n_seekers and n_peers people and the rules.
    chosen : ndarray of int, shape (n_seekers,)
        The peer's column, or -1.

    Returns
    -------
    ndarray of shape (n_seekers,)
        Equal to ``Scorer.worth(...).score`` of the pairs to 1e-6.

    Notes
    -----
    Takes O(n_seekers * n_needs).
    """
    found = np.zeros(len(chosen))
    for row in range(len(chosen)):
        if chosen[row] >= 0:
            found[row] = scores_of(pool, row, chosen[row : row + 1])[0]
    return found


@compiled
def scores_of(pool: Pool, row: int, peers: Ints) -> Floats:
    """Score one seeker with some peers in full, without turn, urgency and bonus.

    Parameters
    ----------
    pool : Pool
        The people and the rules.
    row : int
        Which seeker.
    peers : ndarray of int, shape (n,)
        Which peers.

    Returns
    -------
    ndarray of shape (n,)
        Equal to ``Scorer.worth(...).score`` of these pairs to 1e-6.

    Notes
    -----
    Takes O(n * n_needs).
    """
    found = np.empty(len(peers))
    _said(pool, row, peers, found)
    _add_small(pool, row, peers, found)
    if pool[0].trust[row] > 0:
        _add_unsaid(pool, row, peers, found)
    return found


@compiled
def _said(pool: Pool, row: int, peers: Ints, found: Floats) -> None:
    """Score the said part, and what listening is worth."""
    ours, theirs, _ = pool
    first, last = ours.first[row], ours.first[row + 1]
    part = (1 - ours.trust[row]) * SAID
    for at in range(len(peers)):
        shared, total = 0.0, 0.0
        for entry in range(first, last):
            need, wanted = ours.needs[entry], ours.wanted[entry]
            shared += wanted * theirs.lived[need, peers[at]] * LEVEL
            total += wanted * theirs.told[need, peers[at]] / 2
        found[at] = (part * shared / total if total > 0 else 0.0) + ours.listening[row]


@compiled
def _add_small(pool: Pool, row: int, peers: Ints, found: Floats) -> None:
    """Add the small terms."""
    ours, theirs, _ = pool
    main, stage = ours.main[row], ours.stage[row]
    mine, better, here = ours.help[row], ours.better[row], ours.region[row]
    for at in range(len(peers)):
        peer = peers[at]
        if main >= 0:
            found[at] += ours.terms[row, 0] * STEP_AHEAD[stage, theirs.since[main, peer]]
        if mine:
            found[at] += ours.terms[row, 1] * _met(mine, theirs.facts[peer, 0])
        if better:
            found[at] += ours.terms[row, 2] * _met(better, theirs.facts[peer, 1])
        there = theirs.facts[peer, 2]
        if here >= 0 and there >= 0:
            is_liked = ours.near[row] if there == here else ours.far[row]
            found[at] += ours.terms[row, 3] * is_liked


@compiled
def _met(mine: int, theirs: int) -> float:
    """Say which share of what the seeker likes a peer has."""
    return ones(np.uint64(mine & theirs)) / ones(np.uint64(mine))


@compiled
def _add_unsaid(pool: Pool, row: int, peers: Ints, found: Floats) -> None:
    """Add the unsaid part."""
    ours, theirs, scale = pool
    trust, guess = ours.trust[row], ours.guess[ours.guess_at[row]]
    for at in range(len(peers)):
        peer = peers[at]
        length = theirs.lengths[peer]
        for entry in range(ours.first[row], ours.first[row + 1]):
            need = ours.needs[entry]
            off = theirs.lived[need, peer] * LEVEL - scale.mean[need]
            off *= scale.inverse_spread[need] * (theirs.told[need, peer] - 1)
            length -= off * off
        linear = 0.0
        for view in range(len(guess)):
            linear += float(guess[view]) * theirs.views[peer, view]
        agrees = linear / np.sqrt(length) / 2 if length > NOTHING else 0.0
        found[at] += trust * min(1.0, max(0.0, NEITHER + agrees))


@compiled
def ones(word: np.uint64) -> int:
    """Count the bits that are set.

    Parameters
    ----------
    word : uint64
        Any bits.

    Returns
    -------
    int

    Notes
    -----
    Takes O(1): sums of neighbours, in three steps.
    """
    pairs = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    few = np.uint64(0x3333333333333333)
    fours = (pairs & few) + ((pairs >> np.uint64(2)) & few)
    eights = (fours + (fours >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((eights * np.uint64(0x0101010101010101)) >> np.uint64(56))
