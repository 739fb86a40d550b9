"""Builds the arrays of the compiled scan from what scores and fences are made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.domain.errors import InvalidMatrixError
from matcher.engine import unsaid
from matcher.engine.bits import Words, meet, packed
from matcher.engine.constraints import BARRIERS, Constraints
from matcher.engine.features import SeekerFeatures
from matcher.engine.fences import Fence
from matcher.engine.matrices import Bools, Floats, Ints
from matcher.engine.packing import filled_up, masks, slots, starts, unpacked
from matcher.engine.pool import (
    LEVELS,
    MOST,
    STEPS,
    UNTOLD,
    WORD,
    WORDS_A_BLOCK,
    Numbers,
    Ours,
    Pool,
    Scale,
    Singles,
    Theirs,
)
from matcher.engine.scoring import LISTENING, Scorer

SEEKERS_A_BLOCK = 16_384
MOST_PATTERNS = 128
LEAST_VIEW = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a pool is built from.

    Attributes
    ----------
    scorer : Scorer
        Over n_seekers and n_peers people.
    constraints : Constraints
        Over the same people in the same order.
    barred : ndarray of int, shape (n_barred, 2)
        Rows of seekers and peers who are not to be offered to each other now.
    turn : ndarray of shape (n_peers,)
        Factors in [0, 1] that lower a peer's turn; 0 leaves them out.
    urgency : ndarray of shape (n_seekers,)
        Factors that raise a seeker's turn, above 0.
    floor : ndarray of shape (n_seekers,)
        The least said part.
    bonus : float, default 0
        What each pair is worth besides, so that more people are paired.
    """

    scorer: Scorer
    constraints: Constraints
    barred: Ints
    turn: Floats
    urgency: Floats
    floor: Floats
    bonus: float = 0.0


def build(wanted: Wanted) -> Pool:
    """Turn the people of one population into the arrays that the scan reads.

    Parameters
    ----------
    wanted : Wanted
        The people and the rules.

    Returns
    -------
    Pool

    Raises
    ------
    InvalidMatrixError
        If an urgency is not a finite number above 0, or the bonus is not one of 0 or more.

    Notes
    -----
    Takes O((n_seekers + n_peers) * n_needs**2), some 200 bytes a seeker (and 260 more with
    consent to the unsaid part), 800 a peer. Peers who stand beside each other should be
    alike: what keeps a whole word of them apart is settled at once.
    """
    if not (np.isfinite(wanted.urgency).all() and (wanted.urgency > 0).all()):
        raise InvalidMatrixError("an urgency is not a finite number above 0")
    if not (np.isfinite(wanted.bonus) and wanted.bonus >= 0):
        raise InvalidMatrixError("the bonus is not a finite number of 0 or more")
    off, scales = _off(wanted.scorer)
    members, asked_from, asked = _members(wanted.constraints, len(wanted.urgency))
    ours = _ours(wanted, scales, (asked_from, asked))
    theirs = _theirs(wanted, off, scales, members)
    return Ours(*_in_rows(ours)), Theirs(*_in_rows(theirs)), _scale(wanted)


def _in_rows(arrays: Iterable[NDArray[Any]]) -> Iterator[NDArray[Any]]:
    """Lay arrays out alike whatever their sizes, or each layout would be compiled for."""
    return (np.ascontiguousarray(array) for array in arrays)


def raised(pool: Pool, urgency: Floats) -> Pool:
    """Give seekers other turns; all else stays as it is.

    Parameters
    ----------
    pool : Pool
        n_seekers people and others.
    urgency : ndarray of shape (n_seekers,)
        Factors that raise a seeker's turn, above 0.

    Returns
    -------
    Pool
        The same arrays but for this one.

    Notes
    -----
    Takes O(1): nothing is copied.
    """
    return (pool[0]._replace(urgency=urgency), pool[1], pool[2])


def _scale(wanted: Wanted) -> Scale:
    tendencies = wanted.scorer.model.tendencies_
    mean, inverse = np.zeros(len(tendencies.open)), np.zeros(len(tendencies.open))
    mean[tendencies.open] = tendencies.mean
    inverse[tendencies.open] = 1 / tendencies.spread
    fences = [wanted.constraints.fences[barrier] for barrier in BARRIERS]
    return Scale(
        mean=mean,
        inverse_spread=inverse,
        must_meet=np.array([fence.must_meet for fence in fences], dtype=np.bool_),
        bonus=wanted.bonus,
    )


def _off(scorer: Scorer) -> tuple[Floats, Floats]:
    """Standardise what may be guessed, unknown as average; and the largest of each column."""
    tendencies, told = scorer.model.tendencies_, scorer.peers.told
    lived, known = told.lived[:, tendencies.open], told.known[:, tendencies.open]
    found = filled_up((lived - tendencies.mean) / tendencies.spread * known)
    return found, np.maximum(np.abs(found).max(axis=0, initial=0.0), 1.0)


def _theirs(wanted: Wanted, off: Floats, scales: Floats, members: Words) -> Theirs:
    peers = wanted.scorer.peers
    lived, known = peers.told.lived * peers.told.known, peers.told.known
    n_slots = members.shape[1] * WORD
    views = off / scales
    grain = np.maximum(np.abs(views).max(axis=1, initial=0.0), LEAST_VIEW) / STEPS
    turn = np.zeros(n_slots, dtype=np.float32)
    turn[: len(views)] = wanted.turn
    return Theirs(
        lived=slots(np.rint(lived * MOST), n_slots),
        told=slots(1 + known, n_slots, empty=1),
        levels=slots(np.where(known, np.rint(LEVELS * lived), UNTOLD), n_slots),
        since=slots(peers.since, n_slots),
        views=views.astype(np.float32),
        glimpses=np.rint(views / grain[:, None]).astype(np.int16),
        grain=grain.astype(np.float32),
        lengths=(off**2).sum(axis=1),
        facts=np.stack([masks(peers.help), masks(peers.identity), peers.region], axis=1).astype(
            np.int32
        ),
        turn=turn,
        members=members,
        is_open=_in_blocks(packed((wanted.turn > 0)[None, :]))[0],
    )


def _ours(wanted: Wanted, scales: Floats, asked: tuple[Numbers, Numbers]) -> Ours:
    n_seekers = len(wanted.urgency)
    at = range(0, max(1, n_seekers), SEEKERS_A_BLOCK)
    blocks = [_block(wanted, slice(first, first + SEEKERS_A_BLOCK), scales) for first in at]
    joined = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    length, trust = joined.pop("length"), joined["trust"] > 0
    joined["guess"] = np.pad(joined["guess"], ((0, 1), (0, 0)))  # a row for who has no guess
    order = np.lexsort((wanted.barred[:, 1], wanted.barred[:, 0]))
    return Ours(
        **joined,
        first=np.concatenate([[0], length.cumsum()]).astype(np.int64),
        guess_at=trust.cumsum() - trust,
        urgency=wanted.urgency,
        floor=wanted.floor,
        terms=wanted.scorer.terms,
        asked_from=asked[0],
        asked=asked[1],
        barred_from=starts(wanted.barred[order, 0], n_seekers),
        barred=wanted.barred[order, 1],
    )


def _block(wanted: Wanted, rows: slice, scales: Floats) -> dict[str, Floats | Ints | Singles]:
    """Read some seekers; what was dense is so for these only."""
    seekers, model = wanted.scorer.seekers(rows), wanted.scorer.model
    lines, needs = np.nonzero(seekers.asked.ticks > 0)
    guess, reach = _guesses(wanted.scorer, seekers)
    return {
        "length": np.bincount(lines, minlength=len(seekers.main)),
        "needs": needs.astype(np.int64),
        "wanted": model.wanted(seekers.asked)[lines, needs],
        "trust": model.unsaid_weight_ * (reach > 0),
        "guess": (filled_up(guess[reach > 0]) * scales).astype(np.float32),
        "reach": reach,
        "listening": np.where(seekers.just_talks, LISTENING, 0.0),
        "main": seekers.main.astype(np.int64),
        "stage": seekers.stage.astype(np.int64),
        "help": masks(seekers.help),
        "better": masks(seekers.better),
        "region": seekers.region.astype(np.int64),
        "near": seekers.likes_near,
        "far": seekers.likes_far,
    }


def _guesses(scorer: Scorer, seekers: SeekerFeatures) -> tuple[Floats, Floats]:
    """Guess for those who agreed to it; the length is 0 where there is nothing to guess."""
    asked, tendencies = seekers.asked, scorer.model.tendencies_
    guess = np.zeros((len(asked.ticks), int(tendencies.open.sum())))
    if scorer.model.unsaid_weight_ > 0:
        found = unsaid.guess(tendencies, asked.ticks, asked.known)
        guess[asked.consent] = found.direction[asked.consent]
    return guess, np.linalg.norm(guess, axis=1)


def _members(constraints: Constraints, n_seekers: int) -> tuple[Words, Numbers, Numbers]:
    """Turn fences around: who holds each member, and which members each seeker asks for."""
    turned = [_turned(constraints.fences[barrier]) for barrier in BARRIERS]
    first = np.cumsum([0, *(len(holders) for holders, _, _ in turned)])
    lines = np.concatenate(
        [rows * len(turned) + place for place, (_, rows, _) in enumerate(turned)]
    )
    asked = np.concatenate([first[place] + found for place, (_, _, found) in enumerate(turned)])
    order = np.argsort(lines, kind="stable")
    return (
        _in_blocks(np.concatenate([holders for holders, _, _ in turned])),
        starts(lines[order], n_seekers * len(turned)).astype(np.int32),
        asked[order].astype(np.int32),
    )


def _in_blocks(words: Words) -> Words:
    """Fill rows up to whole blocks."""
    return np.pad(words, ((0, 0), (0, -words.shape[1] % WORDS_A_BLOCK)))


def _turned(fence: Fence) -> tuple[Words, Ints, Ints]:
    """Say who holds what of one fence; rows of seekers, and what each asks for.

    Where seekers ask for few different sets, each set is one member, held by whoever meets it.
    """
    sets, which = np.unique(fence.mine, axis=0, return_inverse=True)
    if len(sets) > MOST_PATTERNS:
        rows, found = np.nonzero(unpacked(fence.mine))
        return packed(unpacked(fence.theirs).T), rows, found
    met: Bools = meet(sets, fence.theirs)
    matters: Bools = np.any(met, axis=1)[which.ravel()]
    rows = np.flatnonzero(matters)
    return packed(met), rows, which.ravel()[rows]
