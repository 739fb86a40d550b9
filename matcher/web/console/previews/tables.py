"""What came out of a preview, as tables: the rules in force beside the draft."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from matcher.domain.preview import Compared, Outcome, Tables, moved
from matcher.web.console.previews import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: what it is about, now and then."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Lines of one kind under a title."""

    title: str
    rows: tuple[Row, ...]


def tables(found: Compared) -> tuple[Table, ...]:
    """Lay out what came out; nothing where the day's questions are used up."""
    gains = Table(title=_("Who finds somebody, by what they need most"), rows=_gains(found))
    if found.drawn:
        return (_figures(*found.drawn), gains, *_spreads(*found.drawn))
    return (gains, *_counts(found.live)) if found.live else ()


def _figures(before: Outcome, after: Outcome) -> Table:
    say: Mapping[str, Callable[[Outcome], str]] = {
        _("Find somebody"): lambda one: words.share(one.rate),
        _("How well a pair fits, on average"): lambda one: f"{one.score:.2f}",
        _("Days waited by those who find somebody"): lambda one: f"{one.days_matched:.1f}",
        _("Days waited by those who are left"): lambda one: f"{one.days_left:.1f}",
        _("Find somebody least often"): _worst,
    }
    rows = (
        Row(name=name, before=tell(before), after=tell(after)) for name, tell in say.items()
    )
    return Table(title=_("In one round"), rows=tuple(rows))


def _worst(outcome: Outcome) -> str:
    name = outcome.worst
    if name is None:
        return "-"
    return f"{words.group(name)} ({words.share(outcome.groups[name].rate)})"


def _gains(found: Compared) -> tuple[Row, ...]:
    return tuple(
        Row(
            name=words.group(one.group),
            before=words.share(one.before),
            after=words.share(one.after),
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
    return tuple(
        Row(
            name=say(name),
            before=words.count(before.get(name, 0)),
            after=words.count(after.get(name, 0)),
        )
        for name in {**before, **after}
    )
