"""What people tell of services with one tap, counted once and with noise."""

from matcher.domain.services import ServiceId
from matcher.store.backing import Backing
from matcher.store.counts import Counts
from matcher.store.taps import Tapped, Taps as StoredTaps


class Taps:
    """The taps of one pool."""

    def __init__(self, backing: Backing, counts: Counts) -> None:
        self._backing = backing
        self._counts = counts
        self._stored = StoredTaps(backing)

    def call_bad(self, service: ServiceId, *, once: str) -> None:
        """Count that a service was bad for somebody; the same page sent twice counts once."""
        now = self._backing.clock.now()
        lasts = self._backing.settings.pressure.lasts
        if self._counts.use_up(f"bad {service} {once}", until=now + lasts):
            self._stored.add_bad(service, now=now)

    def bad(self) -> dict[ServiceId, Tapped]:
        """Say of each service about how many called it bad in the four weeks before today."""
        return self._stored.bad(now=self._backing.clock.now())
