"""One population as arrays, the way the compiled scan reads it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.engine.bits import Words
from matcher.engine.matrices import Bools, Floats, Ints

Bytes = NDArray[np.uint8]
Shorts = NDArray[np.int16]
Numbers = NDArray[np.int32]
Singles = NDArray[np.float32]

MOST = 255
VIEWS = 16
STEPS = 32767
WORD = 64
WORDS_A_BLOCK = 4
LEVELS, UNTOLD = 6, 3
"""How many levels there are, of which people can choose every second one; and the one between
that stands for "not told": by a half of that need nobody's share is put too low."""


class Theirs(NamedTuple):
    """The peers. Their number is filled up to whole blocks where it says n_slots.

    Attributes
    ----------
    lived, told : ndarray of uint8, shape (n_needs, n_slots)
        What they lived through, in 255ths (levels are thirds, so exactly), and 2 where that
        is known, else 1.
    levels : ndarray of uint8, shape (n_needs, n_slots)
        What they lived through, in `LEVELS` (levels are thirds, so exactly), `UNTOLD` where
        that is not known.
    since : ndarray of uint8, shape (n_needs, n_slots)
        How long ago, numbered as in `PeerFeatures`.
    views : ndarray of float32, shape (n_peers, n_views)
        What they lived through of what may be guessed, standardised, each column scaled to
        lie in [-1, 1]; n_views is a multiple of `VIEWS`.
    glimpses : ndarray of int16, shape (n_peers, n_views)
        The same in whole steps, `STEPS` of them for the largest of a peer: half as much to
        read.
    grain : ndarray of float32, shape (n_peers,)
        How large one step of each peer is.
    lengths : ndarray of shape (n_peers,)
        The squared length of what is standardised, before it was scaled.
    facts : ndarray of int32, shape (n_peers, 3)
        Help and identity as bits, and the region's number.
    turn : ndarray of float32, shape (n_slots,)
        Factor of what a pair is worth.
    members : ndarray of uint64, shape (n_members, n_words)
        For each member of each fence's vocabulary the peers who hold it.
    is_open : ndarray of uint64, shape (n_words,)
        The peers who can be offered at all.
    """

    lived: Bytes
    told: Bytes
    levels: Bytes
    since: Bytes
    views: Singles
    glimpses: Shorts
    grain: Singles
    lengths: Floats
    facts: Numbers
    turn: Singles
    members: Words
    is_open: Words


class Ours(NamedTuple):
    """The seekers.

    Attributes
    ----------
    first : ndarray of int, shape (n_seekers + 1,)
        Where each one's ticks stand in `needs` and `wanted`.
    needs, wanted : ndarray of int and of float, shape (n_ticks,)
        Their columns and weights.
    trust : ndarray of shape (n_seekers,)
        The lambda of each.
    guess : ndarray of float32, shape (n_guessed, n_views)
        The guessed direction of those who have a trust above 0, by the columns of `views`,
        and scaled so that products with these stay what they were.
    guess_at : ndarray of int, shape (n_seekers,)
        Where each one's guess stands; any number without trust.
    reach : ndarray of shape (n_seekers,)
        The length of the guess before it was scaled.
    listening, urgency, floor : ndarray of shape (n_seekers,)
        What a listener is worth to them; the factor by which waiting raises their turn; the
        least said part.
    terms : ndarray of shape (n_seekers, 4)
        What each small term adds at most, in the order of `matcher.engine.terms.TERMS`.
    main, stage, help, better, region : ndarray of int, shape (n_seekers,)
        As in `SeekerFeatures`, sets as bits.
    near, far : ndarray of bool, shape (n_seekers,)
    asked_from : ndarray of int32, shape (n_seekers * n_fences + 1,)
        Where the members that each seeker asks for at each fence stand in `asked`.
    asked : ndarray of int32, shape (n_asked,)
        Rows of `members`.
    barred_from, barred : ndarray of int
        Where each one's barred peers stand, and these.
    """

    first: Ints
    needs: Ints
    wanted: Floats
    trust: Floats
    guess: Singles
    guess_at: Ints
    reach: Floats
    listening: Floats
    urgency: Floats
    floor: Floats
    terms: Floats
    main: Ints
    stage: Ints
    help: Ints
    better: Ints
    region: Ints
    near: Bools
    far: Bools
    asked_from: Numbers
    asked: Numbers
    barred_from: Ints
    barred: Ints


class Scale(NamedTuple):
    """What is the same for all pairs.

    Attributes
    ----------
    mean : ndarray of shape (n_needs,)
        The average of each need among peers.
    inverse_spread : ndarray of shape (n_needs,)
        One over the spread of a need that may be guessed, 0 for the others.
    must_meet : ndarray of bool, shape (n_fences,)
        How each fence reads its sets.
    bonus : float
        What each pair is worth besides, so that more people are paired.
    """

    mean: Floats
    inverse_spread: Floats
    must_meet: Bools
    bonus: float


Pool = tuple[Ours, Theirs, Scale]
