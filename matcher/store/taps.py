"""How often a service was called bad, or a partner's card was used: noised sums, and no row."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from matcher.domain.cover import LEAST, tidy
from matcher.domain.partner import PartnerId
from matcher.domain.services import ServiceId
from matcher.store.backing import Backing
from matcher.store.statistics import TAPS, Statistics

DAYS = 28
DEVIATIONS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped:
    """About how many there were in the weeks before today, more or less `give_or_take`.

    None where the noised count is too small to be told, or could be noise alone.
    """

    about: int | None
    give_or_take: int


class Taps:
    """The taps of one pool. Whoever taps agrees by that to be counted, and is nobody here."""

    def __init__(self, backing: Backing) -> None:
        settings = backing.settings
        self._bad = {one.id: f"bad {one.id}" for one in settings.services}
        self._cards = {one.id: f"card {one.id}" for one in settings.partners}
        cells = [*self._bad.values(), *self._cards.values()]
        self._sums = Statistics(backing, cells, most=1, of=TAPS)

    def add_bad(self, service: ServiceId, *, now: datetime) -> None:
        """Count that a service was bad for somebody."""
        self._sums.add([self._bad[service]], now=now)

    def add_card(self, partner: PartnerId, *, now: datetime) -> None:
        """Count that a partner's card was used."""
        self._sums.add([self._cards[partner]], now=now)

    def bad(self, *, now: datetime) -> dict[ServiceId, Tapped]:
        """Say of each service about how many called it bad lately."""
        told = self._lately(now)
        return {service: told[cell] for service, cell in self._bad.items()}

    def cards(self, *, now: datetime) -> dict[PartnerId, Tapped]:
        """Say of each partner about how many came with its card lately."""
        told = self._lately(now)
        return {partner: told[cell] for partner, cell in self._cards.items()}

    def _lately(self, now: datetime) -> dict[str, Tapped]:
        total = self._sums.over(now, DAYS)
        doubt = ceil(DEVIATIONS * total.deviation)
        cells = (*self._bad.values(), *self._cards.values())
        return {cell: tapped(total.sums.get(cell, 0), doubt) for cell in cells}


def tapped(noised: int, doubt: int) -> Tapped:
    """Tell a noised count, unless it is small or could be made of noise."""
    about = tidy(noised) if noised >= max(LEAST, doubt) else None
    return Tapped(about=about, give_or_take=doubt)
