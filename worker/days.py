"""Moves the vault on: a day when the day has come, and not at all where a clock has jumped.

A key that is gone never comes back, while clocks do: what is sealed would be lost for everybody
by a mistake of a minute. So the vault is moved only as far as both the store and this machine
say, a day at a time. Where more than a day is missing (a clock has jumped, or nothing ran here
for days), an hour has to pass before each day, by a watch that nobody sets. Keys then live some
hours longer than they should, which is said; a jump put right within the hour costs nothing.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from matcher.store.vault import DAY_SECONDS, Vault

DOUBT = timedelta(hours=1)
LOOKED_AHEAD = 7  # days: so far back none that is the same can have fallen

logger = logging.getLogger(__name__)


class VaultDays:
    """What one clock knows of the days it was told; `watch` counts seconds, never jumps."""

    def __init__(self, vault: Vault, watch: Callable[[], float]) -> None:
        self._vault = vault
        self._watch = watch
        self._doubted: tuple[int, float] | None = None
        self._known: tuple[int, str] | None = None

    def act(self, today: int) -> bool:
        """Move the vault on by a day if one has come; False when there is nothing to do."""
        stands = self._vault.day()
        self._recognise(stands)
        if today <= stands + 1:
            self._trust()
        elif not self._has_lasted(stands):
            return False
        if stands >= today:
            return False
        if self._doubted:
            self._doubted = stands + 1, self._watch()
        return self._vault.move_on(stands + 1)

    def _recognise(self, stands: int) -> None:
        """Tell that another vault is in the place of the one before, lost or given up.

        It shows in the key of a day to come, which one vault derives the same every day, and
        only to a clock that ran on: one that begins with another vault knows no other.
        """
        if self._known is not None:
            day, mark = self._known
            is_near = stands <= day <= stands + LOOKED_AHEAD
            if not is_near or self._mark(day) != mark:
                logger.error(
                    "vault: it is another one now; whoever was here has to come in again"
                )
        self._known = stands + LOOKED_AHEAD, self._mark(stands + LOOKED_AHEAD)

    def _mark(self, day: int) -> str:
        until = datetime.fromtimestamp(day * DAY_SECONDS, UTC)
        return self._vault.hashed_until(b"which vault", until)

    def _trust(self) -> None:
        if self._doubted:
            logger.info("vault: well again")
        self._doubted = None

    def _has_lasted(self, stands: int) -> bool:
        """Say whether it has stood on this day, too far back, for as long as we doubt."""
        now = self._watch()
        if self._doubted is None:
            logger.error("vault: the clock is days ahead of it; it is moved a day an hour")
        if self._doubted is None or self._doubted[0] != stands:
            self._doubted = stands, now
        return now - self._doubted[1] >= DOUBT.total_seconds()
