"""How the coarse counters went over the last weeks: each by itself, drawn and as numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup

from matcher.domain.counted import Event
from matcher.service.overview import Flow
from matcher.store.standing import Tables
from matcher.web.console import charts
from matcher.web.console.figures import day, is_mirrored
from matcher.web.console.home.words import EVENTS

Days = Sequence[tuple[date, int | None]]

DRAWN = (Event.OFFERED, Event.PEER_YES, Event.PEER_NO, Event.BEGAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One counter over time; `most` is its highest number, 0 where all are hidden."""

    title: str
    picture: Markup
    most: int
    days: Days


def of_suggestions(flow: Flow) -> list[Trend]:
    """Draw what became of suggestions, day by day."""
    return [
        _trend(str(EVENTS[event]), [(when, counts[event]) for when, counts in flow.days])
        for event in DRAWN
    ]


def of_people(standing: Sequence[tuple[date, Tables]]) -> list[Trend]:
    """Draw who waited and who was there; nothing before there is a second count."""
    return list(_of_people(standing)) if len(standing) > 1 else []


def _of_people(standing: Sequence[tuple[date, Tables]]) -> Iterator[Trend]:
    for title, table, cell in (
        (_("Wait and agreed to be counted"), "waiting", "all"),
        (_("Are there and could be asked"), "peers", "free"),
    ):
        yield _trend(title, [(when, found[table][cell]) for when, found in standing])


def _trend(title: str, days: Days) -> Trend:
    series = [value for _when, value in days]
    most = charts.highest(series)
    told = {"what": title, "first": day(days[0][0]), "last": day(days[-1][0]), "most": most}
    label = _("%(what)s, from %(first)s to %(last)s: %(most)s at most", **told)
    picture = charts.line(series, label=label, is_mirrored=is_mirrored())
    return Trend(title=title, picture=picture, most=most, days=days)
