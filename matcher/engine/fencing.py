"""Fences over 64 peers at a time, compiled: whom a seeker may meet, and what keeps apart."""

import numpy as np

from matcher.engine.bits import Words
from matcher.engine.compiled import compiled, inlined
from matcher.engine.matrices import Ints
from matcher.engine.pool import MOST, WORD, Numbers, Pool
from matcher.engine.worth import ones

ROUNDING = 1e-6
ONE = np.uint64(1)
EIGHT = 8
GATHER = np.uint64(0x0102040810204080)  # a product with it brings eight flags together


@compiled
def fences(pool: Pool, rows: Ints, start: int, may: Words) -> None:
    """Tell whom no fence keeps apart.

    Parameters
    ----------
    pool : Pool
        The people and the rules.
    rows : ndarray of int, shape (n_rows,)
        Which seekers.
    start : int
        The first word of peers to look at.
    may : ndarray of uint64, shape (n_rows, n_words)
        To be filled: a bit for each peer.

    Notes
    -----
    Takes O(n_rows * n_words * members asked for). All rows at once: to hand a pool over costs
    more than to look at some words of it.
    """
    ours, theirs, scale = pool
    asked, asked_from, members = ours.asked, ours.asked_from, theirs.members
    must_meet, n_fences = scale.must_meet, len(scale.must_meet)
    for at in range(len(rows)):
        _open(pool, rows[at], start, may[at])
        for fence in range(n_fences):
            place = rows[at] * n_fences + fence
            wanted = asked[asked_from[place] : asked_from[place + 1]]
            if must_meet[fence]:
                _keep(members, wanted, start, may[at])
            else:
                _drop(members, wanted, start, may[at])


@inlined
def _keep(members: Words, asked: Numbers, start: int, may: Words) -> None:
    """Keep whoever holds one of the members."""
    if len(asked) == 1:
        only = asked[0]
        for word in range(len(may)):
            may[word] &= members[only, start + word]
    else:
        met = np.zeros(len(may), dtype=np.uint64)
        for member in asked:
            for word in range(len(may)):
                met[word] |= members[member, start + word]
        for word in range(len(may)):
            may[word] &= met[word]


@inlined
def _drop(members: Words, asked: Numbers, start: int, may: Words) -> None:
    """Drop whoever holds one of the members."""
    for member in asked:
        for word in range(len(may)):
            may[word] &= ~members[member, start + word]


@compiled
def fences_apart(pool: Pool, row: int, start: int, space: tuple[Words, Words]) -> None:
    """Tell who is open to a seeker at all, and where each fence stands.

    Parameters
    ----------
    pool, row, start
        As for `fences`.
    space : tuple of two ndarrays of uint64
        `may`, shape (n_words,), to be filled with who is open to this seeker at all; and
        `stands`, shape (n_fences, n_words), with where each fence stands.

    Notes
    -----
    Takes O(n_words * (members asked for + n_fences)).
    """
    ours, theirs, scale = pool
    may, stands = space
    n_words = len(may)
    _open(pool, row, start, may)
    for fence in range(len(stands)):
        met = stands[fence]
        met[:] = np.uint64(0)
        at = row * len(stands) + fence
        for entry in range(ours.asked_from[at], ours.asked_from[at + 1]):
            holders = theirs.members[ours.asked[entry], start : start + n_words]
            for word in range(n_words):
                met[word] |= holders[word]
        if scale.must_meet[fence]:
            for word in range(n_words):
                met[word] = ~met[word]


@inlined
def _open(pool: Pool, row: int, start: int, may: Words) -> None:
    """Begin with everybody who can be offered at all and is not barred for this seeker."""
    ours, theirs, _ = pool
    may[:] = theirs.is_open[start : start + len(may)]
    for entry in range(ours.barred_from[row], ours.barred_from[row + 1]):
        peer = ours.barred[entry]
        word = peer // WORD - start
        if 0 <= word < len(may):
            may[word] &= ~(ONE << np.uint64(peer % WORD))


@compiled
def enough(pool: Pool, row: int, start: int, found: Words) -> None:
    """Tell which peers share at least the floor of what was said.

    Parameters
    ----------
    pool, row, start
        As for `fences`.
    found : ndarray of uint64, shape (n_words,)
        To be filled: a bit for each peer.

    Notes
    -----
    Takes O(64 * n_words * ticks).
    """
    ours, theirs, _ = pool
    first, last, floor = ours.first[row], ours.first[row + 1], ours.floor[row]
    total = ours.wanted[first:last].sum()
    if ours.listening[row] > 0 or floor <= 0 or total <= 0:
        passes = ours.listening[row] > 0 or floor <= 0
        found[:] = ~np.uint64(0) if passes else np.uint64(0)
        return
    over = np.empty(WORD, dtype=np.float32)
    flags = np.empty(WORD, dtype=np.uint8)
    for word in range(len(found)):
        at = (start + word) * WORD
        over[:] = np.float32(ROUNDING)
        for entry in range(first, last):
            need, weight = ours.needs[entry], ours.wanted[entry] / total
            gain, cost = np.float32(weight / MOST), np.float32(weight * floor / 2)
            lived, told = theirs.lived[need, at : at + WORD], theirs.told[need, at : at + WORD]
            for bit in range(WORD):
                over[bit] += gain * np.float32(lived[bit]) - cost * np.float32(told[bit])
        for bit in range(WORD):
            flags[bit] = over[bit] >= 0
        found[word] = gathered(flags.view(np.uint64))


@compiled
def gathered(flags: Words) -> np.uint64:
    """Turn 64 flags of a byte each, 0 or 1, into the bits of a word.

    Parameters
    ----------
    flags : ndarray of uint64, shape (8,)
        The flags, read eight at a time.

    Returns
    -------
    uint64
        The first flag is the lowest bit.

    Notes
    -----
    Takes O(8): a product brings eight flags together at once.
    """
    found = np.uint64(0)
    for eight in range(EIGHT):
        byte = (flags[eight] * GATHER) >> np.uint64(WORD - EIGHT)
        found |= byte << np.uint64(eight * EIGHT)
    return found


@compiled
def count(may: Words, found: Words, stands: Words, apart: Ints) -> None:
    """Count the pairs that one fence alone, or only the floor, keeps apart.

    Parameters
    ----------
    may, found : ndarray of uint64, shape (n_words,)
        Who is open to a seeker at all, and who shares enough.
    stands : ndarray of uint64, shape (n_fences, n_words)
        Where each fence stands.
    apart : ndarray of int, shape (n_fences + 1,)
        The counts are added to it; the last is the floor's.

    Notes
    -----
    Takes O(n_words * n_fences).
    """
    n_words = len(may)
    once, twice = np.zeros(n_words, dtype=np.uint64), np.zeros(n_words, dtype=np.uint64)
    for fence in range(len(stands)):
        stand = stands[fence]
        for word in range(n_words):
            twice[word] |= once[word] & stand[word]
            once[word] |= stand[word]
    below = 0
    for word in range(n_words):
        below += ones(may[word] & ~once[word] & ~found[word])
        once[word] &= ~twice[word] & may[word] & found[word]
    apart[len(stands)] += below
    for fence in range(len(stands)):
        stand, only = stands[fence], 0
        for word in range(n_words):
            only += ones(once[word] & stand[word])
        apart[fence] += only
