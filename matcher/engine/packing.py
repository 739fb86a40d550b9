"""Tables as the compiled scan reads them: packed into bits, turned around, filled up."""

import numpy as np

from matcher.engine.bits import Words
from matcher.engine.matrices import Bools, Floats, Ints
from matcher.engine.pool import VIEWS, Bytes


def unpacked(words: Words) -> Bools:
    """Spread words into bits.

    Parameters
    ----------
    words : ndarray of uint64, shape (n, n_words)
        Any number of each.

    Returns
    -------
    ndarray of bool, shape (n, 64 * n_words)

    Notes
    -----
    Takes O(64 * n * n_words).
    """
    raw = np.ascontiguousarray(words).astype("<u8").view(np.uint8)
    return np.unpackbits(
        raw.reshape(len(words), 8 * words.shape[1]), axis=1, bitorder="little"
    ).astype(np.bool_)


def slots(table: Floats | Ints | Bools, n_slots: int, *, empty: int = 0) -> Bytes:
    """Turn a table of peers around, one row a need, filled up to whole words.

    Parameters
    ----------
    table : ndarray of shape (n_peers, n_needs)
        Entries in 0 to 255.
    n_slots : int
        How many entries a row has, at least n_peers.
    empty : int, default 0
        What fills up.

    Returns
    -------
    ndarray of uint8, shape (n_needs, n_slots)

    Notes
    -----
    Takes O(n_slots * n_needs).
    """
    found = np.full((table.shape[1], n_slots), empty, dtype=np.uint8)
    found[:, : len(table)] = table.T
    return found


def filled_up(table: Floats) -> Floats:
    """Add empty columns up to a multiple of `VIEWS`.

    Parameters
    ----------
    table : ndarray of shape (n, m)
        Any table.

    Returns
    -------
    ndarray of shape (n, n_views)
        n_views is the next multiple of `VIEWS`, at least one; what is added is 0.

    Notes
    -----
    Takes O(n * n_views).
    """
    width = max(1, -(-table.shape[1] // VIEWS)) * VIEWS
    return np.pad(table, ((0, 0), (0, width - table.shape[1])))


def masks(marks: Floats) -> Ints:
    """Write rows of marks as sets of bits.

    Parameters
    ----------
    marks : ndarray of shape (n, m)
        Above 0 where a member is held; at most 63 columns.

    Returns
    -------
    ndarray of int64, shape (n,)
        The first column is the lowest bit.

    Notes
    -----
    Takes O(n * m).
    """
    found: Ints = (marks > 0).astype(np.int64) @ (1 << np.arange(marks.shape[1]))
    return found


def starts(rows: Ints, n_rows: int) -> Ints:
    """Tell where each row starts in a sorted list of rows.

    Parameters
    ----------
    rows : ndarray of int, sorted
        The row of each entry.
    n_rows : int
        How many rows there are; some may have no entry.

    Returns
    -------
    ndarray of int64, shape (n_rows + 1,)

    Notes
    -----
    Takes O(n_rows * log(entries)).
    """
    return np.searchsorted(rows, np.arange(n_rows + 1)).astype(np.int64)
