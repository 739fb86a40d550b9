"""Job functions. RQ calls these by name; each makes one call into a service."""

import secrets

from matcher.settings.model import PoolName
from worker import wiring
from worker.sealed import sealed

SEED_BITS = 32


@sealed
def run_preview(pool: str, preview: str) -> bool:
    """Run one preview of rules over `pool`; may run twice, and says the same both times."""
    return wiring.previews(PoolName(pool)).run(preview)


@sealed
def run_round(pool: str) -> int:
    """Run one round over `pool` and return how many offers it made; may run twice."""
    return wiring.rounds(PoolName(pool)).run(seed=secrets.randbits(SEED_BITS))
