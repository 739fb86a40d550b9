"""Draws what `sanad evaluate` found: hidden agreement with its interval, as a small SVG."""

from collections.abc import Sequence
from html import escape

from matcher.engine.evaluate import SHIPPED, Row
from matcher.local.evaluation.show import Result

LEFT, WIDTH, LINE, HEAD = 170, 420, 20, 34
STEP = 0.05


def draw(results: Sequence[Result]) -> str:
    """Draw one block a setting, one line a score; a dot is the mean, a bar the interval."""
    rows = [row for result in results for row in result.rows if not row.group]
    low = min(0.0, *(row.agreement.low for row in rows))
    high = max(STEP, *(row.agreement.high for row in rows))
    scale = WIDTH / (high - low)
    parts, y = [], 0
    for result in results:
        block = [row for row in result.rows if not row.group]
        parts.append(_text(10, y + 22, result.name, weight="bold"))
        parts += [_line(row, y + HEAD + LINE * at, low, scale) for at, row in enumerate(block)]
        y += HEAD + LINE * len(block)
    zero = LEFT - low * scale
    axis = f'<path d="M{zero:.1f} 26V{y}" stroke="#999" stroke-dasharray="2 3"/>'
    foot = _text(zero - 3, y + 16, "0") + _text(
        LEFT + WIDTH / 2 - 60, y + 32, "hidden agreement (0 is chance)"
    )
    total = LEFT + WIDTH + 70
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total} {y + 42}" '
        f'width="{total}" height="{y + 42}" font-family="sans-serif" font-size="12" '
        f'role="img"><title>Hidden agreement by score</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>{axis}{"".join(parts)}{foot}</svg>\n'
    )


def _line(row: Row, y: int, low: float, scale: float) -> str:
    colour = "#0b6e4f" if row.score == SHIPPED else "#667"
    left, middle, right = (
        LEFT + (value - low) * scale
        for value in (row.agreement.low, row.agreement.mean, row.agreement.high)
    )
    return (
        _text(10, y + 8, row.score)
        + f'<path d="M{left:.1f} {y + 4}H{right:.1f}" stroke="{colour}" stroke-width="3"/>'
        + f'<circle cx="{middle:.1f}" cy="{y + 4}" r="5" fill="{colour}"/>'
        + _text(LEFT + WIDTH + 12, y + 8, f"{row.agreement.mean:.3f}")
    )


def _text(x: float, y: float, words: str, *, weight: str = "normal") -> str:
    return f'<text x="{x:.1f}" y="{y}" font-weight="{weight}">{escape(words)}</text>'
