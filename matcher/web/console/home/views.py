"""How things stand: who asks and who is there, waits, what becomes of suggestions, alarms."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from matcher.domain.acts import ActKind, Entry
from matcher.domain.counted import Event
from matcher.domain.cover import Shown
from matcher.domain.errors import DamagedError
from matcher.domain.needs import NeedGroup, NeedId
from matcher.service.oversight import Waiting
from matcher.service.overview import Flow
from matcher.web.common.i18n import in_words
from matcher.web.common.wiring import settings
from matcher.web.console import charts
from matcher.web.console.acts.words import ENDS, Names
from matcher.web.console.fairness.words import language
from matcher.web.console.figures import is_mirrored
from matcher.web.console.gate import console, me
from matcher.web.console.home.words import EVENTS, RATES

bp = Blueprint("home", __name__, template_folder="templates")

ALL = "all"
TOLD_FOR = timedelta(days=30)
"""So long everybody reads that somebody got their account back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A need or a language: how many ask for it, how many are there for it."""

    name: str
    asking: int | None
    giving: int | None


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show how things stand."""
    overview = console().overview
    standing = overview.standing()
    flow = overview.flow()
    waiting, given_back, damaged = _acts()
    return render_template(
        "home/home.html",
        waiting=waiting,
        given_back=given_back,
        damaged=damaged,
        names=Names(console().coordinators.roster()),
        has_reports=bool(console().reports.waiting()),
        has_notes=console().notes.are_waiting(),
        alarms=overview.alarms(),
        label=_label,
        standing=standing[-1] if standing else None,
        groups=[(group, _needs(group, standing[-1][1])) for group in _groups()]
        if standing
        else [],
        languages=_languages(standing[-1][1]) if standing else [],
        waits=overview.waits(),
        flow=flow,
        events=EVENTS,
        rates=RATES,
        trend=_trend(flow),
        trial=console().trials.fresh(),
        ends=ENDS,
    )


def _acts() -> tuple[tuple[Waiting, ...], list[Entry], str]:
    """Read what waits and what was given back, or else name the log that cannot be read."""
    try:
        return console().oversight.waiting(me().id), _given_back(), ""
    except DamagedError as error:
        return (), [], error.file


def _given_back() -> list[Entry]:
    """List who got their account back lately: nobody does so without others' knowing."""
    since = console().clock.now() - TOLD_FOR
    entries = reversed(console().oversight.entries())
    lately = takewhile(lambda one: one.at > since, entries)
    return [one for one in lately if one.kind is ActKind.GET_BACK_IN]


def _groups() -> tuple[NeedGroup, ...]:
    return settings().needs.groups


def _label(need: NeedId) -> str:
    return in_words(settings().needs.by_id[need].label)


def _needs(group: NeedGroup, tables: dict[str, Shown]) -> list[Row]:
    asking, giving = tables.get("asking", {}), tables.get("giving", {})
    return [
        Row(name=_label(need.id), asking=asking.get(need.id), giving=giving.get(need.id))
        for need in group.needs
    ]


def _languages(tables: dict[str, Shown]) -> list[Row]:
    asking, giving = (tables.get(f"{side}-language", {}) for side in ("asking", "giving"))
    return [
        Row(name=language(name), asking=asking[name], giving=giving.get(name))
        for name in asking
        if name != ALL
    ]


def _trend(flow: Flow) -> Markup:
    named = {
        "first": [counts[Event.OFFERED] for _, counts in flow.days],
        "second": [counts[Event.BEGAN] for _, counts in flow.days],
    }
    label = _("Suggestions and conversations a day, over four weeks")
    return charts.lines(named, label=label, is_mirrored=is_mirrored())
