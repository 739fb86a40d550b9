"""How things stand: who asks and who is there, waits, what becomes of suggestions, alarms."""

from datetime import timedelta
from itertools import takewhile
from math import ceil

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from matcher.domain.acts import ActKind, Entry
from matcher.domain.errors import DamagedError
from matcher.domain.needs import NeedId
from matcher.service.oversight import Waiting
from matcher.web.common.i18n import in_words
from matcher.web.common.wiring import settings
from matcher.web.console.acts.words import ENDS, Names
from matcher.web.console.gate import console, me
from matcher.web.console.home import rows, trends
from matcher.web.console.home.words import EVENTS, RATES

bp = Blueprint("home", __name__, template_folder="templates")

TOLD_FOR = timedelta(days=30)
"""So long everybody reads that somebody got their account back."""


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
        bad=_called_bad(),
        label=_label,
        standing=standing[-1] if standing else None,
        people=trends.of_people(standing),
        groups=rows.by_group(standing[-1][1], overview.certain) if standing else [],
        languages=rows.by_language(standing[-1][1], overview.certain) if standing else None,
        off_by=round(overview.off_by),
        certain=ceil(overview.certain),
        waits=overview.waits(),
        flow=flow,
        events=EVENTS,
        rates=RATES,
        suggestions=trends.of_suggestions(flow),
        **_pause(),
        entrance_unread=console().doorkeeping.unread(),
        is_open=console().doorkeeping.is_open(),
        trial=console().trials.fresh(),
        ends=ENDS,
    )


def _acts() -> tuple[tuple[Waiting, ...], list[Entry], str]:
    """Read what waits and what was given back, or else name the log that cannot be read."""
    try:
        return console().oversight.waiting(me().id), _given_back(), ""
    except DamagedError as error:
        return (), [], error.file


def _pause() -> dict[str, object]:
    """Tell whether all is paused, and name what of that and of the rules cannot be read."""
    pausing, rules_unread = console().pausing, ""
    try:
        is_paused = console().tuning.is_paused()
    except DamagedError as error:
        is_paused, rules_unread = False, error.file
    return {
        "is_paused": is_paused or pausing.is_beside(),
        "rules_unread": rules_unread,
        "pause_unread": pausing.unread(),
    }


def _given_back() -> list[Entry]:
    """List who got their account back lately: nobody does so without others' knowing."""
    since = console().clock.now() - TOLD_FOR
    entries = reversed(console().oversight.entries())
    lately = takewhile(lambda one: one.at > since, entries)
    return [one for one in lately if one.kind is ActKind.GET_BACK_IN]


def _called_bad() -> list[str]:
    """Name the services that more people called bad than chance explains."""
    known = {one.id: in_words(one.name) for one in console().services.directory().services()}
    counts = console().taps.bad().items()
    return [known.get(which, str(which)) for which, one in counts if one.about]


def _label(need: NeedId) -> str:
    return in_words(settings().needs.by_id[need].label)
