"""Sets as bits: whether two sets meet costs one machine word a pair."""

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.engine.matrices import Bools

T = TypeVar("T")
Words = NDArray[np.uint64]

WORD = 64


def marked(sets: Sequence[Iterable[T]], vocabulary: Collection[T]) -> Bools:
    """Write sets as rows of true and false.

    Parameters
    ----------
    sets : sequence of iterables, length n
        What each row holds; members outside `vocabulary` are left out.
    vocabulary : collection of hashables
        What may be held; its order gives the columns.

    Returns
    -------
    ndarray of bool, shape (n, n_members)

    Notes
    -----
    Takes O(n * n_members + members held).
    """
    place = {one: column for column, one in enumerate(vocabulary)}
    found = np.zeros((len(sets), len(place)), dtype=np.bool_)
    for row, members in enumerate(sets):
        found[row, [place[one] for one in members if one in place]] = True
    return found


def packed(marks: Bools) -> Words:
    """Write rows of true and false as rows of bits.

    Parameters
    ----------
    marks : ndarray of bool, shape (n, n_members)

    Returns
    -------
    ndarray of uint64, shape (n, n_words)
        n_words is n_members over 64, rounded up; the first member is the lowest bit.

    Notes
    -----
    Takes O(n * n_members).
    """
    words = np.zeros((len(marks), -(-marks.shape[1] // WORD)), dtype="<u8")
    octets = np.packbits(marks, axis=1, bitorder="little")
    words.view(np.uint8)[:, : octets.shape[1]] = octets
    return words.astype(np.uint64, copy=False)


def meet(mine: Words, theirs: Words) -> Bools:
    """Tell for every pair of rows whether the two sets have a member in common.

    Parameters
    ----------
    mine, theirs : ndarray of uint64, shape (n, n_words) and (m, n_words)
        Rows of bits over the same vocabulary.

    Returns
    -------
    ndarray of bool, shape (n, m)

    Notes
    -----
    Takes O(n * m * n_words). A word that is empty on one side is not looked at.
    """
    found = np.zeros((len(mine), len(theirs)), dtype=np.bool_)
    for word in range(mine.shape[1]):
        if mine[:, word].any() and theirs[:, word].any():
            found |= (mine[:, word, None] & theirs[None, :, word]) != 0
    return found
