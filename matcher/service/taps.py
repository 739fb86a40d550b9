"""What one tap tells of a service or a partner's card, counted once and with noise."""

from collections.abc import Callable, Iterable
from datetime import datetime

from matcher.domain.partner import PartnerId
from matcher.domain.services import ServiceId
from matcher.store.backing import Backing
from matcher.store.counts import Counts
from matcher.store.taps import Tapped, Taps as StoredTaps


class Taps:
    """The taps of one pool."""

    def __init__(
        self,
        backing: Backing,
        counts: Counts,
        services: Callable[[], Iterable[ServiceId]],
        partners: Callable[[], Iterable[PartnerId]],
    ) -> None:
        self._clock = backing.clock
        self._lasts = backing.settings.pressure.lasts
        self._counts = counts
        self._stored = StoredTaps(backing, services, partners)

    def call_bad(self, service: ServiceId, *, once: str) -> None:
        """Count that a service was bad for somebody; the same page sent twice counts once."""
        now = self._clock.now()
        if self._is_new(f"bad {service} {once}", now):
            self._stored.add_bad(service, now=now)

    def use_card(self, partner: PartnerId, *, once: str) -> None:
        """Count that a partner's card was used; the same page sent twice counts once."""
        now = self._clock.now()
        if self._is_new(f"card {partner} {once}", now):
            self._stored.add_card(partner, now=now)

    def bad(self) -> dict[ServiceId, Tapped]:
        """Say of each service about how many called it bad in the four weeks before today."""
        return self._stored.bad(now=self._clock.now())

    def cards(self) -> dict[PartnerId, Tapped]:
        """Say of each partner about how many came with its card in those weeks."""
        return self._stored.cards(now=self._clock.now())

    def _is_new(self, what: str, now: datetime) -> bool:
        return self._counts.use_up(what, until=now + self._lasts)
