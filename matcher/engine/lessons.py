"""Of which kind a pair is: what is summed, once a conversation is over, to learn from it."""

from dataclasses import replace

import numpy as np

from matcher.domain.lessons import FEATURES
from matcher.engine.features import PeerFeatures
from matcher.engine.matrices import Ints
from matcher.engine.parts import Told
from matcher.engine.scoring import Scorer
from matcher.engine.terms import small_terms

HALF = 0.5
POWERS = 1 << np.arange(len(FEATURES))
PAIRS_A_BLOCK = 64
"""Of a block all pairs are scored, for those on its diagonal."""


def buckets(scorer: Scorer, rows: Ints, columns: Ints) -> list[int]:
    """Say of which kind each of many pairs is.

    Parameters
    ----------
    scorer : Scorer
        What knows the people.
    rows, columns : ndarray of int, shape (n_pairs,)
        Rows of seekers and of their peers.

    Returns
    -------
    list of int, length n_pairs
        In [0, 16): a bit for each of `matcher.domain.lessons.FEATURES`, the first the lowest,
        set where this small term fits by half or more, whatever it weighs in the rules.

    Notes
    -----
    Takes O(n_pairs * (n_needs + PAIRS_A_BLOCK)), some 5 microseconds a pair.
    """
    found: list[int] = []
    for at in range(0, len(rows), PAIRS_A_BLOCK):
        block = slice(at, at + PAIRS_A_BLOCK)
        seekers, peers = scorer.seekers(rows[block]), _some(scorer.peers, columns[block])
        fits = small_terms(seekers, peers, np.ones((len(rows[block]), len(FEATURES))))
        bits = [np.diagonal(fits[name]) >= HALF for name in FEATURES]
        found += (np.array(bits).T @ POWERS).tolist()
    return found


def _some(peers: PeerFeatures, rows: Ints) -> PeerFeatures:
    return replace(
        peers,
        told=Told(lived=peers.told.lived[rows], known=peers.told.known[rows]),
        since=peers.since[rows],
        help=peers.help[rows],
        identity=peers.identity[rows],
        region=peers.region[rows],
    )
