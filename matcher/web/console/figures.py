"""Writes what coordinators see: round numbers, shares with intervals, bands of waits."""

from collections.abc import Mapping

from flask import Flask
from flask_babel import format_date, gettext as _, lazy_gettext as _l
from markupsafe import Markup

from matcher.domain.cover import LEAST
from matcher.domain.shares import Share
from matcher.domain.waits import WaitBand
from matcher.web.common import i18n
from matcher.web.console import charts

BANDS: Mapping[WaitBand, str] = {
    WaitBand.HOURS: _l("less than 3 hours"),
    WaitBand.HALF_DAY: _l("3 to 12 hours"),
    WaitBand.DAY: _l("12 to 24 hours"),
    WaitBand.DAYS: _l("1 to 3 days"),
    WaitBand.WEEK: _l("3 to 7 days"),
    WaitBand.LONGER: _l("more than a week"),
}

_APART = Markup("<bdi>{}</bdi>")
_SHARE = Markup('<bdi dir="ltr">{best}\u202f%</bdi>')
_GAIN = Markup('<bdi dir="ltr">{gain}\u202f%</bdi>')
_INTERVAL = Markup('<span class="interval"><bdi dir="ltr">{low}–{high}\u202f%</bdi></span>')  # noqa: RUF001 - ranges are written with an en dash


def attach(app: Flask) -> None:
    """Let templates write numbers."""
    app.add_template_filter(apart, "apart")
    app.add_template_filter(count, "count")
    app.add_template_filter(share, "share")
    app.add_template_filter(band, "band")
    app.add_template_filter(day, "day")
    app.add_template_global(bar, "bar")
    app.add_template_global(swing, "swing")
    app.add_template_global(spread, "spread")
    app.add_template_filter(gain, "gain")


def apart(name: str) -> Markup:
    """Set a name of whatever direction apart within a sentence, of which it turns nothing."""
    return _APART.format(name)


def count(value: int | None) -> str:
    """Write a round number, or that there are too few to tell."""
    return few() if value is None else str(value)


def few() -> str:
    """Write that there are too few to tell, or none."""
    return str(_("fewer than %(count)s", count=LEAST))


def share(value: Share | None) -> str | Markup:
    """Write a share with its interval, or that there are too few to tell."""
    if value is None:
        return str(_("too few to tell"))
    best = _SHARE.format(best=round(100 * value.best))
    interval = _INTERVAL.format(low=round(100 * value.low), high=round(100 * value.high))
    return Markup("{} {}").format(best, interval)


def band(value: WaitBand) -> str:
    """Write a length of waiting."""
    return str(BANDS[value])


def day(value: object) -> str:
    """Write a day shortly."""
    return str(format_date(value, "d MMM"))


def bar(value: int | None, most: int, name: str) -> Markup:
    """Draw a number beside itself."""
    return charts.bar(value, most, name=name, is_mirrored=is_mirrored())


def gain(value: int | None) -> str | Markup:
    """Write by how many hundredths something changes, or that there are too few to tell."""
    if value is None:
        return str(_("too few to tell"))
    return _GAIN.format(gain=f"{value:+d}" if value else "0")


def swing(value: int | None, most: int) -> Markup:
    """Draw a gain or a loss beside itself."""
    return charts.swing(value, most, is_mirrored=is_mirrored())


def spread(points: tuple[int, int, int], most: int, name: str) -> Markup:
    """Draw what is left open about a change beside itself."""
    return charts.spread(points, most, name=name, is_mirrored=is_mirrored())


def is_mirrored() -> bool:
    """Tell whether this page is read from the right."""
    return i18n.direction() == "rtl"
