"""Languages of the pages: the first part of the path, and no cookie.

Digits are Western, 0 to 9, in every language: readers from the Maghreb to Iraq know them, while
many in the west of the Arab world do not read the Arabic-Indic ones; codes and phone numbers
are typed and dialled as they stand. Babel writes Arabic dates and lengths with them too.
"""

from collections.abc import Iterable, Mapping
from datetime import date as Day, datetime, timedelta  # noqa: N812 - templates say `date`
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date
from flask import Flask, current_app, g, request
from flask_babel import Babel, format_timedelta, get_domain, get_locale, gettext

from matcher.domain.sentences import Sentence
from matcher.settings.languages import ENGLISH
from matcher.web.common.catalogues import domain
from matcher.web.common.wiring import settings

_UNITS: Mapping[timedelta, Literal["day", "hour", "minute"]] = {
    timedelta(days=1): "day",
    timedelta(hours=1): "hour",
    timedelta(minutes=1): "minute",
}
_DATED = {ENGLISH: "en_GB"}
_NAME = "sanad-languages"
_SHIPPED = "Sanad"  # the site's name in config/default.toml
_NEVER = 1e9  # no larger unit is taken, which would be rounder and say less


def attach(app: Flask, chosen: tuple[str, ...], *, unsaid: str = "") -> None:
    """Choose the language of every page by its path, among those that are chosen.

    What only files in the folder `unsaid` say is not loaded.
    """
    babel = Babel(app, locale_selector=locale)
    babel.domain_instance = domain(chosen, unsaid=unsaid)
    app.extensions[_NAME] = chosen
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    for words in (locale, direction, site_name, date, ahead, in_time, ago, at_most):
        app.add_template_global(words, words.__name__)
    app.add_template_filter(in_words, "in_words")
    app.add_template_filter(told, "told")


def locale() -> str:
    """Say which language this page is in; an address without one is in the first."""
    found = str(g.get("lang") or request.path.split("/")[1])
    return found if found in languages() else languages()[0]


def languages() -> tuple[str, ...]:
    """List the languages that pages are shown in here."""
    found: tuple[str, ...] = current_app.extensions[_NAME]
    return found


def wanted() -> str:
    """Choose the language the browser likes best; of English, British English is one."""
    liked = (code.partition("-")[0].lower() for code in request.accept_languages.values())
    return next((code for code in liked if code in languages()), languages()[0])


def prefix(chosen: Iterable[str]) -> str:
    """Write the first part of every path as a rule."""
    return f"/<any({', '.join(chosen)}):lang>"


def in_words(label: Mapping[str, str]) -> str:
    """Choose the words of a label from the settings."""
    return label.get(locale()) or label.get(ENGLISH) or next(iter(label.values()))


def told(sentence: Sentence) -> str:
    """Tell a sentence of the domain; no line ends between a number and its sign."""
    return sentence.told(get_domain().get_translations()).replace(" %", "\u00a0%")


def direction() -> str:
    """Say in which direction this page is written."""
    return Locale.parse(locale()).text_direction


def site_name() -> str:
    """Name the network as its operator does; what ships, in the page's letters."""
    name = settings().site.name
    return str(gettext("Sanad")) if name == _SHIPPED else name


def date(moment: Day) -> str:
    """Write a day, in English as the British do: 10 December 2026."""
    language = str(get_locale())
    return format_date(moment, "long", locale=_DATED.get(language, language))


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
