"""The sieve: settles most peers of a scan by whole numbers, many at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.engine.auction import Singles
from matcher.engine.bits import Words
from matcher.engine.compiled import compiled
from matcher.engine.fencing import EIGHT, gathered
from matcher.engine.matrices import Ints
from matcher.engine.pool import LEVELS, WORD, WORDS_A_BLOCK, Bytes

NOW, RECENT = 1, 2  # as `Peers.since` numbers them; 3 is longer ago
PEERS_A_BLOCK = WORDS_A_BLOCK * WORD
# Sums stay below 2**16: so many steps for what a pair is worth, so many that are given.
FINE = 30_000
MOST_ASKED = 32_766
LEAST_WORTH, SLOW = 1e-9, np.float32(1e-6)
Steps = NDArray[np.uint16]


class Mesh(NamedTuple):
    """How fine the sieve of one scan is.

    Attributes
    ----------
    unit : float
        What one step is worth, above 0.
    slowest : float
        The least factor of a peer who can be offered, in (0, 1]; 1 where that does not matter.
    """

    unit: float
    slowest: float


class Limits(NamedTuple):
    """What one seeker asks of a block.

    Attributes
    ----------
    besides : float
        What all but the ticks may add at most, less what has to be left, in steps; may be
        negative.
    floor : float
        What the ticks have to add at least, in steps, 0 or more.
    stages : tuple of four uint16
        What each stage of a peer adds at most, in steps; the first is 0.
    """

    besides: float
    floor: float
    stages: tuple[np.uint16, np.uint16, np.uint16, np.uint16]


@compiled
def mesh(most: float, bonus: float, turn: Singles) -> Mesh:
    """Choose how fine to sift.

    Parameters
    ----------
    most : float
        No pair is worth more, turn and bonus aside.
    bonus : float
        What each pair is worth besides.
    turn : ndarray of float32, shape (n_slots,)
        Factors of what peers are worth; 0 for who cannot be offered.

    Returns
    -------
    Mesh

    Notes
    -----
    Takes O(n_slots) where there is a bonus, else O(1).
    """
    slowest = 1.0
    for peer in range(len(turn) if bonus > 0 else 0):
        if 0 < turn[peer] < slowest:
            slowest = turn[peer]
    return Mesh(max(most + bonus, LEAST_WORTH) / FINE, slowest)


@compiled
def ask(prices: Singles, turn: Singles, unit: float, asks: Steps) -> None:
    """Write down what peers ask for, in steps, rounded down.

    Parameters
    ----------
    prices, turn : ndarray of float32, shape (n,)
        What each costs, and the factor of what they are worth.
    unit : float
        What one step is worth.
    asks : ndarray of uint16, shape (n,)
        To be filled; `MOST_ASKED` stands for more than that.

    Notes
    -----
    Takes O(n).
    """
    scale, most = np.float32(1 / unit), np.float32(MOST_ASKED)
    for peer in range(len(asks)):
        steps = prices[peer] * scale / max(turn[peer], SLOW)
        asks[peer] = np.uint16(np.int32(min(most, steps)))


@compiled
def strides(wanted: Singles, most: float, unit: float) -> Steps:
    """Say what a level of each need adds at most, in steps, rounded up.

    Parameters
    ----------
    wanted : ndarray of float32, shape (n_ticks,)
        How much each tick counts, 0 or more.
    most : float
        What sharing everything is worth.
    unit : float
        What one step is worth.

    Returns
    -------
    ndarray of uint16, shape (n_ticks,)

    Notes
    -----
    Takes O(n_ticks).
    """
    total, found = wanted.sum(), np.zeros(len(wanted), dtype=np.uint16)
    for entry in range(len(found) if total > 0 else 0):
        found[entry] = np.uint16(np.ceil(most * wanted[entry] / total / LEVELS / unit))
    return found


@compiled
def sift(
    tile: tuple[Bytes, Bytes, Steps, int],
    needs: Ints,
    steps: Steps,
    limits: Limits,
    may: Words,
) -> None:
    """Take out who of a tile cannot be worth what they ask for.

    Parameters
    ----------
    tile : tuple
        The pool's levels; how long ago all peers lived through what matters most; what those
        of the tile ask for (see `ask`), and the slot that it begins with.
    needs : ndarray of int, shape (n_ticks,)
        What the seeker ticked.
    steps : ndarray of uint16, shape (n_ticks,)
        What a level of each adds at most: see `strides`.
    limits : Limits
        What else there is.
    may : ndarray of uint64, shape (n_words,)
        A bit for each peer of the tile who may be met; those who cannot be worth it go.
        A multiple of `WORDS_A_BLOCK`.

    Notes
    -----
    Nobody who could be on the list falls through; who stays may still not be good enough.
    Some 10 nanoseconds for 64 peers; a block without anybody costs nothing.
    """
    levels, since, asks, first_slot = tile
    _, now, recent, past = limits.stages
    sums = np.empty(PEERS_A_BLOCK, dtype=np.uint16)
    flags = np.empty(PEERS_A_BLOCK, dtype=np.uint8)
    eights = flags.view(np.uint64)
    given = np.uint16(min(max(limits.besides, 0.0), MOST_ASKED + 1.0))
    owed = np.uint16(min(max(-limits.besides, 0.0), MOST_ASKED + 0.0))
    floor = np.uint16(limits.floor)
    for word in range(0, len(may), WORDS_A_BLOCK):
        if not may[word] | may[word + 1] | may[word + 2] | may[word + 3]:
            continue
        first, start = word * WORD, first_slot + word * WORD
        asked = asks[first : first + PEERS_A_BLOCK]
        ago = since[start : start + PEERS_A_BLOCK]
        for peer in range(PEERS_A_BLOCK):
            sums[peer] = np.uint16(0)
        for entry in range(len(needs)):
            step, level = steps[entry], levels[needs[entry], start : start + PEERS_A_BLOCK]
            for peer in range(PEERS_A_BLOCK):
                sums[peer] += step * np.uint16(level[peer])
        for peer in range(PEERS_A_BLOCK):
            late = recent * np.uint16(ago[peer] == RECENT) + past * np.uint16(
                ago[peer] > RECENT
            )
            more = np.uint16(sums[peer] + given + now * np.uint16(ago[peer] == NOW) + late)
            is_enough = more > np.uint16(asked[peer] + owed)
            flags[peer] = is_enough & (sums[peer] >= floor)
        for at in range(WORDS_A_BLOCK):
            may[word + at] &= gathered(eights[at * EIGHT : (at + 1) * EIGHT])
