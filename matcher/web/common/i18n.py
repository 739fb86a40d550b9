"""Languages of the pages: the first part of the path, and no cookie."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from flask import Flask, current_app, g, request
from flask_babel import Babel, format_date, format_timedelta, gettext

from matcher.web.common.wiring import settings

LOCALES = ("en",)
PREFIX = f"/<any({', '.join(LOCALES)}):lang>"

_UNITS: Mapping[timedelta, Literal["day", "hour", "minute"]] = {
    timedelta(days=1): "day",
    timedelta(hours=1): "hour",
    timedelta(minutes=1): "minute",
}
_NEVER = 1e9  # no larger unit is taken, which would be rounder and say less

_TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


def attach(app: Flask) -> None:
    """Choose the language of every page by its path."""
    Babel(
        app,
        default_translation_directories=str(_TRANSLATIONS),
        locale_selector=locale,
    )
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    for words in (locale, direction, site_name, date, ahead, in_time, ago, at_most):
        app.add_template_global(words, words.__name__)
    app.add_template_filter(in_words, "in_words")


def locale() -> str:
    """Say which language this page is in; an address without one is in the first."""
    found = g.get("lang") or request.path.split("/")[1]
    return found if found in LOCALES else LOCALES[0]


def in_words(label: Mapping[str, str]) -> str:
    """Choose the words of a label from the settings."""
    return label.get(locale()) or label[LOCALES[0]]


def direction() -> str:
    """Say in which direction this page is written."""
    return Locale.parse(locale()).text_direction


def site_name() -> str:
    """Name the network as its operator does."""
    return settings().site.name


def date(moment: datetime) -> str:
    """Write a day."""
    return str(format_date(moment, "long"))


def ahead(moment: datetime, now: datetime) -> str:
    """Write how long it is until `moment`, at least a minute: nobody's zone is known here."""
    left = max(moment - now, timedelta(minutes=1))
    return str(format_timedelta(left, granularity="minute", threshold=1.5))


def at_most(length: timedelta) -> str:
    """Write a length, rounded up: what is promised to be over by then is."""
    unit = next((unit for unit in _UNITS if length >= 2 * unit), timedelta(minutes=1))
    whole = -(-length // unit) * unit
    return str(format_timedelta(whole, granularity=_UNITS[unit], threshold=_NEVER))


def in_time(length: timedelta) -> str:
    """Write after how long something will be."""
    return str(
        format_timedelta(length, granularity="minute", threshold=1.5, add_direction=True)
    )


def ago(moment: datetime, now: datetime) -> str:
    """Write how long ago `moment` was."""
    passed = now - moment
    if passed < timedelta(minutes=1):
        return str(gettext("just now"))
    return str(format_timedelta(-passed, granularity="minute", add_direction=True))


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.lang = (values or {}).pop("lang", None)


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values.setdefault("lang", locale())
