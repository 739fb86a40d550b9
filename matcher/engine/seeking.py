"""What counts for one seeker in a scan, taken out of the pool once."""

from typing import NamedTuple

import numpy as np

from matcher.engine.compiled import compiled, inlined
from matcher.engine.parts import SAID
from matcher.engine.pool import Pool
from matcher.engine.sieve import Limits, Mesh
from matcher.engine.terms import STEP_AHEAD
from matcher.engine.unsaid import NEITHER
from matcher.engine.worth import ones

ROUNDING = 3e-5


class One(NamedTuple):
    """What counts for one seeker: see `Ours`, and what follows from it.

    Attributes
    ----------
    part, trust, trusting : float
        The said part of whoever shares everything, the lambda, and the most that the unsaid
        part can be.
    listening, besides, floor : float
        What a listener is worth, the most that is not said, and the least said part (-1 where
        none is asked for).
    urgency, bonus : float
        What multiplies a score with a turn, and what is added then.
    now, recent, past, ahead : float
        What the peer's stage adds, and the most of these.
    each_help, each_liked : float
        What each thing in common adds.
    near, far : float
        What living near or far adds.
    help, better, region, main : int
        As in `Ours`.
    """

    part: float
    trust: float
    trusting: float
    listening: float
    besides: float
    floor: float
    urgency: float
    bonus: float
    now: float
    recent: float
    past: float
    ahead: float
    each_help: float
    each_liked: float
    near: float
    far: float
    help: int
    better: int
    region: int
    main: int


@compiled
def one_of(pool: Pool, row: int) -> One:
    """Gather what counts for one seeker.

    Parameters
    ----------
    pool : Pool
        The people and the rules.
    row : int
        Which seeker.

    Returns
    -------
    One

    Notes
    -----
    Takes O(1).
    """
    ours = pool[0]
    trust, terms, main, stage = (
        ours.trust[row],
        ours.terms[row],
        ours.main[row],
        ours.stage[row],
    )
    mine, better, here = ours.help[row], ours.better[row], ours.region[row]
    stages = terms[0] if main >= 0 else 0.0
    near = terms[3] if here >= 0 and ours.near[row] else 0.0
    far = terms[3] if here >= 0 and ours.far[row] else 0.0
    small = max(near, far) + (terms[1] if mine else 0.0) + (terms[2] if better else 0.0)
    trusting = trust * min(1.0, NEITHER + ours.reach[row] / 2)
    return One(
        (1 - trust) * SAID,
        trust,
        trusting,
        ours.listening[row],
        ours.listening[row] + small + trusting + ROUNDING,
        ours.floor[row] - ROUNDING / 10 if ours.listening[row] <= 0 else -1.0,
        ours.urgency[row],
        pool[2].bonus,
        stages * STEP_AHEAD[stage, 1],
        stages * STEP_AHEAD[stage, 2],
        stages * STEP_AHEAD[stage, 3],
        stages * STEP_AHEAD[stage].max(),
        terms[1] / max(1, ones(np.uint64(mine))),
        terms[2] / max(1, ones(np.uint64(better))),
        near,
        far,
        mine,
        better,
        here,
        main,
    )


@inlined
def limits_of(one: One, left: float, fine: Mesh) -> Limits:
    """Say what all but the ticks may add, where so much has to be left, and the floor.

    Parameters
    ----------
    one : One
        The seeker.
    left : float
        What has to be left for somebody to be listed, the bonus aside.
    fine : Mesh
        Of the scan.

    Returns
    -------
    Limits

    Notes
    -----
    Takes O(1).
    """
    owed = left if left > 0 else left / fine.slowest
    floor = max(0.0, one.floor) * one.urgency * one.part
    step = one.urgency / fine.unit
    stages = (
        np.uint16(0),
        np.uint16(np.ceil(one.now * step)),
        np.uint16(np.ceil(one.recent * step)),
        np.uint16(np.ceil(one.past * step)),
    )
    return Limits((one.urgency * one.besides - owed) / fine.unit + 1, floor / fine.unit, stages)
