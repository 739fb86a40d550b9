"""What the clock has to do, how often, and what a failure of one duty means for the others."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from redis.exceptions import RedisError

from matcher.domain.errors import MatcherError

logger = logging.getLogger(__name__)


class Duty:
    """Something to do now and then; `act` is told what time it is.

    What `is_own` is about this machine alone: every clock does it, whichever acts for all.
    """

    def __init__(
        self,
        name: str,
        act: Callable[[datetime], object],
        *,
        every: timedelta,
        is_own: bool = False,
    ) -> None:
        self.is_own = is_own
        self._name = name
        self._act = act
        self._every = every
        self._due: datetime | None = None
        self._has_failed = False

    def do(self, now: datetime) -> bool:
        """Act if it is time; False when it failed, and is to be tried again at once.

        A failure is told once, and once more when it is over.
        """
        if self._due is not None and now < self._due:
            return True
        try:
            self._act(now)
        except (MatcherError, RedisError, OSError) as error:
            self._tell(type(error).__name__)
            return False
        self._due = now + self._every
        self._tell("")
        return True

    def _tell(self, failure: str) -> None:
        if failure and not self._has_failed:
            logger.error("%s: %s", self._name, failure)
        elif self._has_failed and not failure:
            logger.info("%s: well again", self._name)
        self._has_failed = bool(failure)


def do_all(duties: Iterable[Duty], now: datetime) -> bool:
    """Do every duty that is due; False when one of them failed."""
    done = [duty.do(now) for duty in duties]  # every one, whatever became of the others
    return all(done)
