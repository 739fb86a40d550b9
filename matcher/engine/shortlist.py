"""Each seeker's short list while the scan goes on: one number an entry, the least on top."""

import numpy as np

from matcher.engine.auction import Lists, Singles
from matcher.engine.bits import Words
from matcher.engine.compiled import compiled, inlined

HALF = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)
NEXT = 1 + 2.0**-23  # the next higher float32 over a float32, about


@compiled
def push(heap: Words, n_kept: int, left: float, peer: int) -> int:
    """Put a peer onto a list; a full one loses its least.

    Parameters
    ----------
    heap : ndarray of uint64, shape (n_room,)
        A binary heap: what each leaves as a float32 above 0, whose bits sort like numbers,
        and the peer below it.
    n_kept : int
        How many are on it.
    left : float
        What the peer leaves the seeker, above 0; more than the least where it is full.
    peer : int
        The peer.

    Returns
    -------
    int
        How many are on it now.

    Notes
    -----
    Takes O(log n_room).
    """
    key = (np.uint64(_bits(left)) << HALF) | np.uint64(peer)
    size = len(heap)
    if n_kept < size:
        place = n_kept
        while place > 0 and heap[(place - 1) // 2] > key:
            heap[place] = heap[(place - 1) // 2]
            place = (place - 1) // 2
    else:
        place = 0
        while 2 * place + 1 < size:
            below = 2 * place + 1
            if below + 1 < size and heap[below + 1] < heap[below]:
                below += 1
            if heap[below] >= key:
                break
            heap[place] = heap[below]
            place = below
    heap[place] = key
    return min(size, n_kept + 1)


@inlined
def least(heap: Words) -> float:
    """Tell what the least of a full list leaves.

    Parameters
    ----------
    heap : ndarray of uint64, shape (n_room,)
        A full list.

    Returns
    -------
    float

    Notes
    -----
    Takes O(1).
    """
    return _number(heap[0] >> HALF)


@compiled
def write(heap: Words, prices: Singles, lists: Lists, row: int) -> None:
    """Write a list down, with what each pair is worth before the price.

    Parameters
    ----------
    heap : ndarray of uint64, shape (n_room,)
        ``lists.length[row]`` entries.
    prices : ndarray of float32
        What each peer cost while the list was made.
    lists : Lists
        Where to write.
    row : int
        Whose list it is.

    Notes
    -----
    Takes O(entries).
    """
    first = lists.first[row]
    for at in range(lists.length[row]):
        peer = np.int64(heap[at] & LOW)
        lists.columns[first + at] = peer
        price = prices[peer]
        more = price * NEXT  # what leaves anything costs less than it is worth
        lists.worth[first + at] = max(_number(heap[at] >> HALF) + price, more)


@inlined
def _bits(number: float) -> np.uint32:
    return np.uint32(np.float32(number).view(np.uint32))


@inlined
def _number(bits: np.uint64) -> float:
    return float(np.uint32(bits).view(np.float32))
