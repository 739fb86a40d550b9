"""The round worker's composition root."""

from functools import cache

from matcher.settings.model import PoolName
from matcher.store.asks import Asks
from matcher.store.backing import Backing, back
from matcher.store.census import Census
from matcher.store.leases import Leases
from matcher.store.pool import Pool
from matcher.store.rulebook import Rulebook
from worker import ground
from worker.rounds import Ground, Rounds


@cache
def rounds(pool: PoolName) -> Rounds:
    """Build what runs rounds over `pool`.

    Raises
    ------
    SettingsError
        If the settings are wrong, or know no such pool.
    """
    return Rounds(ground_of(back(ground.settings().of(pool))))


def ground_of(backing: Backing) -> Ground:
    """Join everything of one pool that a round needs."""
    return Ground(
        census=Census(backing),
        pool=Pool(backing),
        asks=Asks(backing),
        rulebook=Rulebook(backing),
        clock=backing.clock,
        leases=lambda: Leases(backing),
        settings=backing.settings,
    )
