"""What came out of a preview, as tables: the rules in force beside the draft."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from matcher.domain.preview import (
    SIDES,
    Compared,
    Moved,
    Outcome,
    Tables,
    least_often,
    moved,
    overall,
)
from matcher.web.console.previews import words

PER_CENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: what it is about, now and then.

    `lengths` of the bars beside both, of 100; `gain` in hundredths, where that is told.
    """

    name: str
    before: str
    after: str
    lengths: tuple[int | None, int | None] = (None, None)
    gain: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Lines of one kind under a title; where it is about gains each has one."""

    title: str
    rows: tuple[Row, ...]
    has_gains: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of an outcome: in words, and how large beside `most` (or beside the other)."""

    told: Callable[[Outcome], str]
    size: Callable[[Outcome], float]
    most: float | None = None


def tables(found: Compared) -> tuple[Table, ...]:
    """Lay out what came out; nothing where the day's questions are used up."""
    gains = Table(
        title=_("Who finds somebody, by what they need most"),
        rows=_gains(found),
        has_gains=True,
    )
    if found.drawn:
        return (_figures(*found.drawn), gains, *_spreads(*found.drawn))
    return (_seen(found.live), gains, *_counts(found.live)) if found.live else ()


def _figures(before: Outcome, after: Outcome) -> Table:
    figures: Mapping[str, Figure] = {
        _("Find somebody"): Figure(
            told=lambda one: words.share(one.rate), size=lambda one: one.rate, most=1
        ),
        _("How well a pair fits, on average"): Figure(
            told=lambda one: f"{one.score:.2f}", size=lambda one: one.score, most=1
        ),
        _("Days waited by those who find somebody"): Figure(
            told=lambda one: f"{one.days_matched:.1f}", size=lambda one: one.days_matched
        ),
        _("Days waited by those who are left"): Figure(
            told=lambda one: f"{one.days_left:.1f}", size=lambda one: one.days_left
        ),
        _("Find somebody least often"): Figure(told=_worst, size=_worst_rate, most=1),
    }
    rows = (_figure(name, one, before, after) for name, one in figures.items())
    return Table(title=_("In one round"), rows=tuple(rows))


def _seen(live: Tables) -> Table:
    """Say of those who wait what covered counts tell already; nothing more is counted."""
    before, after = (overall(live, side) for side in SIDES)
    least, least_after = (least_often(live, side) for side in SIDES)
    find = Row(
        name=_("Find somebody"),
        before=words.share(before),
        after=words.share(after),
        lengths=_lengths((before, after), 1),
    )
    worst = Row(
        name=_("Find somebody least often"),
        before=_group_told(least),
        after=_group_told(least_after),
        lengths=_lengths((least and least[1], least_after and least_after[1]), 1),
    )
    return Table(title=_("In one round"), rows=(find, worst))


def _figure(name: str, figure: Figure, before: Outcome, after: Outcome) -> Row:
    sizes = figure.size(before), figure.size(after)
    return Row(
        name=name,
        before=figure.told(before),
        after=figure.told(after),
        lengths=_lengths(sizes, figure.most or max(sizes)),
    )


def _worst_rate(outcome: Outcome) -> float:
    return outcome.groups[outcome.worst].rate if outcome.worst else 0.0


def _worst(outcome: Outcome) -> str:
    name = outcome.worst
    return _group_told((name, outcome.groups[name].rate) if name else None)


def _group_told(found: tuple[str, float] | None) -> str:
    return f"{words.group(found[0])} ({words.share(found[1])})" if found else "-"


def _gains(found: Compared) -> tuple[Row, ...]:
    return tuple(
        Row(
            name=words.group(one.group),
            before=words.share(one.before),
            after=words.share(one.after),
            lengths=_lengths((one.before, one.after), 1),
            gain=_gain(one),
        )
        for one in moved(found)
    )


def _spreads(before: Outcome, after: Outcome) -> Iterator[Table]:
    yield Table(
        title=_("Those who are left, by how long they have waited"),
        rows=_beside(before.waits, after.waits, words.wait),
    )
    yield Table(title=_("Peers"), rows=_beside(before.load, after.load, words.load))
    yield Table(
        title=_("Pairs that one thing alone keeps apart"),
        rows=_beside(before.blocked, after.blocked, words.barrier),
    )


def _counts(live: Tables) -> Iterator[Table]:
    titles = {
        "matched": (_("Find somebody, by what they need most"), words.group),
        "waiting": (_("Wait on, by what they need most"), words.group),
        "waits": (_("Those who are left, by how long they have waited"), words.wait),
    }
    for name, (title, say) in titles.items():
        before, after = (live.get(f"{side}.{name}", {}) for side in ("before", "after"))
        yield Table(title=title, rows=_beside(before, after, say))


def _beside(
    before: Mapping[str, int | None],
    after: Mapping[str, int | None],
    say: Callable[[str], str],
) -> tuple[Row, ...]:
    shown = [number for number in (*before.values(), *after.values()) if number is not None]
    most = max(shown, default=0)
    return tuple(
        Row(
            name=say(name),
            before=words.count(before.get(name, 0)),
            after=words.count(after.get(name, 0)),
            lengths=_lengths((before.get(name, 0), after.get(name, 0)), most),
        )
        for name in {**before, **after}
    )


def _gain(one: Moved) -> int | None:
    """Tell a gain as it is seen: as the difference of the two shares that are told."""
    if one.before is None or one.after is None:
        return None
    return round(PER_CENT * one.after) - round(PER_CENT * one.before)


def _lengths(
    sizes: tuple[float | None, float | None], most: float
) -> tuple[int | None, int | None]:
    """Make bars of two numbers; what is hidden has none."""
    before, after = (
        None if size is None or not most else round(PER_CENT * size / most) for size in sizes
    )
    return before, after
