"""The round worker's composition root."""

import os
from dataclasses import replace
from functools import cache, partial

from rq import get_current_job

from matcher.domain.jobs import Progress
from matcher.engine.pairing import STRICT
from matcher.engine.plan import plan_crowd
from matcher.jobs import note_progress
from matcher.settings.model import PoolName
from matcher.store import previews as previews_store
from matcher.store.asks import Asks
from matcher.store.backing import Backing, back
from matcher.store.census import Census
from matcher.store.events import Events
from matcher.store.leases import Leases
from matcher.store.pool import Pool
from matcher.store.rulebook import Rulebook
from matcher.store.trials import TrialSums
from worker import ground
from worker.previews import Ground as PreviewGround, Previews
from worker.rounds import Ground, Rounds
from worker.standing import Standing
from worker.trying import Trying

MOST_THREADS = 8


@cache
def rounds(pool: PoolName) -> Rounds:
    """Build what runs rounds over `pool`.

    Raises
    ------
    SettingsError
        If the settings are wrong, or know no such pool.
    """
    return Rounds(ground_of(back(ground.settings().of(pool))))


@cache
def previews(pool: PoolName) -> Previews:
    """Build what runs previews over `pool`. Raises like `rounds`."""
    backing = back(ground.settings().of(pool))
    return Previews(previews_ground(backing), _note)


def _note(progress: Progress) -> None:
    note_progress(get_current_job(), progress)


def previews_ground(backing: Backing) -> PreviewGround:
    """Join everything of one pool that a preview needs."""
    return PreviewGround(
        census=Census(backing),
        store=previews_store.Previews(backing),
        clock=backing.clock,
        settings=backing.settings,
        plan=partial(plan_crowd, effort=replace(STRICT, threads=_threads())),
        key=backing.secrets.noise_key(),
    )


def ground_of(backing: Backing) -> Ground:
    """Join everything of one pool that a round needs."""
    pool = Pool(backing)
    return Ground(
        census=Census(backing),
        pool=pool,
        asks=Asks(backing),
        rulebook=Rulebook(backing),
        clock=backing.clock,
        leases=lambda: Leases(backing),
        settings=backing.settings,
        plan=partial(plan_crowd, effort=replace(STRICT, threads=_threads())),
        events=Events(backing),
        standing=Standing(backing),
        trying=Trying(pool, partial(TrialSums, backing)),
    )


def _threads() -> int:
    """Let a round use what there is: rounds are rare, and nothing waits beside them."""
    return min(MOST_THREADS, os.cpu_count() or 1)
