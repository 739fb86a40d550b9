"""Candidates: for each seeker the best peers of all who may meet them, exactly."""

import numpy as np
from scipy.sparse import csr_array

from matcher.engine.auction import Lists, Singles
from matcher.engine.matrices import Ints
from matcher.engine.pool import Pool, Theirs
from matcher.engine.scan import scan

ROWS_A_TASK = 128
NO_COUNTS: Ints = np.zeros(0, dtype=np.int64)


def best(pool: Pool, rows: Ints, most: int, prices: Singles | None = None) -> csr_array:
    """Find the best peers of some seekers among all who may meet them.

    Parameters
    ----------
    pool : Pool
        n_seekers and n_peers people and the rules.
    rows : ndarray of int, shape (n_rows,)
        Which seekers.
    most : int
        How many each gets at most, 1 or more.
    prices : ndarray of float32, shape (n_peers,), optional
        What each peer costs; None means nothing.

    Returns
    -------
    scipy.sparse.csr_array of shape (n_rows, n_peers)
        For each of them the `most` peers who leave most after the price, best first, and
        what the pair is worth (with turn, urgency and bonus). Nobody who is better, leaves
        more than nothing and may be met is ever missed, up to 3e-5 of worth.

    Notes
    -----
    See `matcher.engine.scan.scan`. Approximate neighbours and a filter afterwards would lose
    most candidates of those whose constraints are selective.
    """
    n_peers = len(pool[1].views)
    lists = empty_lists(len(pool[0].urgency), min(most, n_peers), rows)
    asking = asked_for(pool[1], prices)
    for at in range(0, len(rows) if n_peers else 0, ROWS_A_TASK):
        scan(pool, rows[at : at + ROWS_A_TASK], asking, lists, NO_COUNTS)
    entries = [
        slice(lists.first[row], lists.first[row] + lists.length[row]) for row in rows.tolist()
    ]
    left = lists.worth - asking[lists.columns]
    orders = [np.argsort(-left[some], kind="stable") for some in entries]
    columns = [lists.columns[some][order] for some, order in zip(entries, orders, strict=True)]
    worth = [lists.worth[some][order] for some, order in zip(entries, orders, strict=True)]
    lengths = np.array([0, *(len(some) for some in columns)])
    return csr_array(
        (
            np.concatenate([np.zeros(0, dtype=np.float32), *worth]).astype(np.float64),
            np.concatenate([np.zeros(0, dtype=np.int32), *columns]).astype(np.int64),
            lengths.cumsum(),
        ),
        shape=(len(rows), n_peers),
    )


def asked_for(theirs: Theirs, prices: Singles | None) -> Singles:
    """Give each slot a price.

    Parameters
    ----------
    theirs : Theirs
        n_peers peers, filled up to n_slots.
    prices : ndarray of float32, shape (n_peers,), or None
        What each peer costs; None means nothing.

    Returns
    -------
    ndarray of float32, shape (n_slots,)
        0 where nobody is.

    Notes
    -----
    Takes O(n_slots).
    """
    found = np.zeros(len(theirs.turn), dtype=np.float32)
    found[: len(theirs.views)] = 0.0 if prices is None else prices
    return found


def empty_lists(n_seekers: int, most: int, rows: Ints | None = None) -> Lists:
    """Make lists with nobody on them.

    Parameters
    ----------
    n_seekers, most : int
        How many seekers, and how many peers a list has room for.
    rows : ndarray of int, optional
        The seekers who get room at all; None means everybody.

    Returns
    -------
    Lists

    Notes
    -----
    Takes O(n_seekers + entries): 8 bytes an entry, 24 a seeker.
    """
    chosen = np.arange(n_seekers) if rows is None else rows
    first = np.zeros(n_seekers, dtype=np.int64)
    first[chosen] = np.arange(len(chosen)) * most
    return Lists(
        first=first,
        length=np.zeros(n_seekers, dtype=np.int64),
        columns=np.zeros(len(chosen) * most, dtype=np.int32),
        worth=np.zeros(len(chosen) * most, dtype=np.float32),
        rest=np.zeros(n_seekers),
        room=most,
        copies=1,
    )
