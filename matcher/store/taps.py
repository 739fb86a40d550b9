"""How often a service was called bad, or a partner's card was used: noised sums, and no row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil, sqrt
from typing import TypeVar

from matcher.domain.cover import LEAST, tidy
from matcher.domain.partner import PartnerId
from matcher.domain.services import ServiceId
from matcher.store.backing import Backing
from matcher.store.statistics import TAPS, Statistics

DAYS = 28
DEVIATIONS = 2.0

Name = TypeVar("Name", ServiceId, PartnerId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped:
    """About how many there were in the weeks before today, more or less `give_or_take`.

    None where the noised count is too small to be told, or could be noise alone.
    """

    about: int | None
    give_or_take: int


class Taps:
    """The taps of one pool. Whoever taps agrees by that to be counted, and is nobody here.

    `services` names all that can be called bad, and those that could be earlier today;
    `partners` those whose cards can be used, and could be.
    """

    def __init__(
        self,
        backing: Backing,
        services: Callable[[], Iterable[ServiceId]],
        partners: Callable[[], Iterable[PartnerId]],
    ) -> None:
        self._backing = backing
        self._services = services
        self._partners = partners

    def begin(self, *, now: datetime) -> None:
        """Let a day's sums be there, whether or not anybody taps."""
        self._sums().begin(now=now)

    def add_bad(self, service: ServiceId, *, now: datetime) -> None:
        """Count that a service was bad for somebody."""
        self._sums().add([_bad(service)], now=now)

    def add_card(self, partner: PartnerId, *, now: datetime) -> None:
        """Count that a partner's card was used."""
        self._sums().add([_card(partner)], now=now)

    def bad(self, *, now: datetime) -> dict[ServiceId, Tapped]:
        """Say of each service about how many called it bad lately."""
        return self._told({one: _bad(one) for one in self._services()}, now)

    def cards(self, *, now: datetime) -> dict[PartnerId, Tapped]:
        """Say of each partner about how many came with its card lately."""
        return self._told({one: _card(one) for one in self._partners()}, now)

    def _told(self, cells: Mapping[Name, str], now: datetime) -> dict[Name, Tapped]:
        """Take noise to be in every day.

        One that no clock began has none, if nobody tapped: a doubt that grew day by day would
        tell whether it was nobody or one.
        """
        sums = self._sums()
        doubt, found = ceil(DEVIATIONS * sums.deviation * sqrt(DAYS)), sums.over(now, DAYS).sums
        return {name: tapped(found.get(cell, 0), doubt) for name, cell in cells.items()}

    def _sums(self) -> Statistics:
        """Find the sums of all that can be tapped now: coordinators change the directory."""
        cells = [_bad(one) for one in sorted(self._services())]
        cells += [_card(one) for one in sorted(self._partners())]
        return Statistics(self._backing, cells, most=1, of=TAPS)


def tapped(noised: int, doubt: int) -> Tapped:
    """Tell a noised count, unless it is small or could be made of noise."""
    about = tidy(noised) if noised >= max(LEAST, doubt) else None
    return Tapped(about=about, give_or_take=doubt)


def _bad(service: ServiceId) -> str:
    return f"bad {service}"


def _card(partner: PartnerId) -> str:
    return f"card {partner}"
