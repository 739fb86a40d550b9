"""Sets as bits: whether two sets meet costs one machine word a pair."""

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.engine.matrices import Bools

T = TypeVar("T")
Words = NDArray[np.uint64]

WORD = 64


def pack(sets: Sequence[Iterable[T]], vocabulary: Collection[T]) -> Words:
    """Write sets as rows of bits.

    Parameters
    ----------
    sets : sequence of iterables, length n
        What each row holds; members outside `vocabulary` are left out.
    vocabulary : collection of hashables
        What may be held; its order gives the bits.

    Returns
    -------
    ndarray of uint64, shape (n, n_words)
        n_words is the size of the vocabulary over 64, rounded up.
    """
    place = {one: bit for bit, one in enumerate(vocabulary)}
    words = np.zeros((len(sets), -(-len(place) // WORD)), dtype=np.uint64)
    for row, members in enumerate(sets):
        for bit in {place[one] for one in members if one in place}:
            words[row, bit // WORD] |= np.uint64(1 << bit % WORD)
    return words


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
