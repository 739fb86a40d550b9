"""What an operator is told of the directory: what is shown, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matcher.domain.services import Service
from matcher.settings.model import Settings
from matcher.store.taps import Tapped

UNKNOWN = Tapped(about=None, give_or_take=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One service or partner: `about` so many, of four weeks, where that can be told."""

    kind: str
    id: str
    state: str
    about: int | None
    give_or_take: int


def lines(
    settings: Settings, today: date, *, bad: dict[str, Tapped], cards: dict[str, Tapped]
) -> Iterator[Line]:
    """List every service, then every partner."""
    for one in settings.services:
        yield _line("service", one.id, _state(one, settings, today), bad)
    for partner in settings.partners:
        yield _line("partner", partner.id, f"a card for {partner.group}", cards)


def _line(kind: str, name: str, state: str, counted: dict[str, Tapped]) -> Line:
    found = counted.get(name, UNKNOWN)
    return Line(
        kind=kind, id=name, state=state, about=found.about, give_or_take=found.give_or_take
    )


def _state(one: Service, settings: Settings, today: date) -> str:
    within = settings.site.checks_last
    if one.is_example:
        return "an example" if settings.site.shows_examples else "an example, not shown"
    if one.checked is None or not one.is_current(today, within=within):
        return "not shown: call, then set `checked`"
    return f"shown until {one.checked + within}"
