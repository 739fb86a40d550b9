"""What a round does for drawn people, in figures: exact, as they are about nobody."""

from collections import Counter
from datetime import datetime

import numpy as np

from matcher.domain.preview import FLOOR, WISHES, Group, Outcome
from matcher.engine.counting import DAY_S, count
from matcher.engine.crowd import Crowd
from matcher.engine.matrices import Floats
from matcher.engine.plan import Plan

MOST_SPREAD = 5


def outcome(crowd: Crowd, plan: Plan, now: datetime, *, by_wishes: int = 0) -> Outcome:
    """Sum up a round over drawn people.

    Parameters
    ----------
    crowd : Crowd
        The people; never those of a pool, about whom only covered counts leave the worker.
    plan : Plan
        What the round would propose to them.
    now : datetime
        The moment of the round, aware.
    by_wishes : int
        How many pairs there would be of peers and seekers whom only their wishes together
        kept out of the round.

    Returns
    -------
    Outcome
        Groups with nobody are left out. Peers with more than `MOST_SPREAD` suggestions stand
        together, under "6+".

    Notes
    -----
    Takes O(n_seekers + n_peers).
    """
    tables = count(crowd, plan, now)
    matched, waiting = tables["matched"], tables["waiting"]
    found = {pair.seeker for pair in plan.pairs}
    has_found = np.array([handle in found for handle in crowd.seekers], dtype=np.bool_)
    days = (now.timestamp() - crowd.since) / DAY_S
    return Outcome(
        seekers=len(crowd.seekers),
        peers=len(crowd.peers),
        matched=len(plan.pairs),
        score=plan.total / max(1, len(plan.pairs)),
        days_matched=_mean(days[has_found]),
        days_left=_mean(days[~has_found]),
        waits=tables["waits"],
        load=_load(crowd, plan),
        groups={
            name: Group(matched=matched[name], asked=matched[name] + waiting[name])
            for name in matched
            if matched[name] + waiting[name]
        },
        blocked={
            **{barrier.value: number for barrier, number in plan.blocked.items() if number},
            FLOOR: plan.below_floor,
            **({WISHES: by_wishes} if by_wishes else {}),
        },
    )


def _load(crowd: Crowd, plan: Plan) -> dict[str, int]:
    """Count peers by how many suggestions they get."""
    of_each = Counter(pair.peer for pair in plan.pairs)
    spread = Counter(min(of_each[peer], MOST_SPREAD + 1) for peer in crowd.peers)
    names = [*map(str, range(MOST_SPREAD + 1)), f"{MOST_SPREAD + 1}+"]
    return {name: spread[number] for number, name in enumerate(names)}


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else 0.0
