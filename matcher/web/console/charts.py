"""Draws numbers as SVG on the server: classes instead of styles, and the numbers beside them.

What is hidden, because it is small, is a gap. A page that is read from the right has its time
run from there too.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

WIDTH, HEIGHT = 600, 180
DOT = 4
HALF = 50

Series = Sequence[int | None]

_LINE = Markup(
    '<svg class="line" viewBox="0 0 {width} {height}" role="img" aria-label="{label}" '
    'focusable="false">{body}</svg>'
)
_GRID = Markup('<path class="grid" d="M0 {top}H{width}M0 {base}H{width}"/>')
_PATH = Markup('<path class="first" d="{d}"/>')
_DOT = Markup('<circle class="first" cx="{x}" cy="{y}" r="{r}"/>')
_BAR = Markup(
    '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" '
    'focusable="false"><rect class="{name}" x="{x}" y="0" width="{width}" height="8"/></svg>'
)
_SPREAD = Markup(
    '<svg class="spread" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" '
    'focusable="false"><rect class="{name}" x="{x}" y="4" width="{width}" height="4"/>'
    '<rect class="mark" x="{mark}" y="0" width="1" height="12"/>'
    '<rect class="middle" x="49.75" y="0" width="0.5" height="12"/></svg>'
)


def line(series: Series, *, label: str, is_mirrored: bool) -> Markup:
    """Draw a series over time, between nothing and the highest: both have a line across."""
    drawn = Markup().join(_drawn(series, highest(series), is_mirrored=is_mirrored))
    body = _GRID.format(top=DOT, base=HEIGHT - DOT, width=WIDTH) + drawn
    return _LINE.format(width=WIDTH, height=HEIGHT, label=label, body=body)


def bar(value: int | None, most: int, *, name: str, is_mirrored: bool) -> Markup:
    """Draw one number as long as it is beside the highest; the number itself stands there."""
    width = round(100 * (value or 0) / most) if most else 0
    return _BAR.format(name=name, x=100 - width if is_mirrored else 0, width=width)


def swing(gain: int | None, most: int, *, is_mirrored: bool) -> Markup:
    """Draw by how much something changes: forward from the middle, or back from it."""
    width = round(HALF * min(abs(gain or 0), most) / most) if most else 0
    is_right = ((gain or 0) > 0) is not is_mirrored
    name = "first" if (gain or 0) > 0 else "second"
    return _BAR.format(name=name, x=HALF if is_right else HALF - width, width=width)


def spread(points: tuple[int, int, int], most: int, *, name: str, is_mirrored: bool) -> Markup:
    """Draw what is left open about a change: the lowest, the best guess, the highest.

    None stands in the middle; a gain goes forward from it.
    """
    low, best, high = (max(-HALF, min(HALF, HALF * p / max(1, most))) for p in points)
    if is_mirrored:
        low, best, high = -high, -best, -low
    places = {"x": HALF + low, "width": high - low, "mark": HALF + best - 0.5}
    return _SPREAD.format(name=name, **{at: f"{place:.4g}" for at, place in places.items()})


def highest(series: Series) -> int:
    """Find the highest number that is shown."""
    return max((value for value in series if value is not None), default=0)


def _drawn(series: Series, most: int, *, is_mirrored: bool) -> Iterator[Markup]:
    """Draw what hangs together as a line, and what stands alone as a dot."""
    step = WIDTH / max(1, len(series) - 1)
    points = [
        (value, (WIDTH - step * at if is_mirrored else step * at))
        for at, value in enumerate(series)
    ]
    for is_shown, run in groupby(points, key=lambda point: point[0] is not None):
        if not is_shown:
            continue
        at = [(round(x), round(_height(value or 0, most))) for value, x in run]
        if len(at) == 1:
            yield _DOT.format(x=at[0][0], y=at[0][1], r=DOT)
        else:
            yield _PATH.format(d="M" + "L".join(f"{x} {y}" for x, y in at))


def _height(value: int, most: int) -> float:
    """Place a number, with room for the stroke at both ends."""
    return HEIGHT - DOT - (HEIGHT - 2 * DOT) * value / max(1, most)
