"""What a study found, laid out for a terminal or to paste somewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.table import Table

from matcher.engine.baselines import BASELINES
from matcher.engine.evaluate import Row
from matcher.engine.trials import Setting

HALF = "half"
SHARED_AT = 4
MOST_SHARED = "overlap"
KEPT = 0.9
FEW = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How every form did on one survey in one setting."""

    survey: str
    setting: Setting
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """Name the survey, the ticks, the peers and the seekers a peer."""
        setting = self.setting
        crowd = (setting.seekers or 0) // setting.peers
        return f"{self.survey[:6]} {setting.ticks or HALF} {setting.peers}x{crowd}"

    def gain(self, form: str) -> float:
        """Compare a form with the best baseline here."""
        return self._row(form).agreement.mean / self._best - 1

    def shared(self, form: str) -> float:
        """Give the share of ticks shared."""
        return self._row(form).shared

    def reached(self, form: str) -> float:
        """Give the share of ticks shared, as a part of the most that any matching could share.

        Overlap is that very share, and it is matched exactly: nothing can share more.
        """
        return self.shared(form) / self.shared(MOST_SHARED)

    def is_worse(self, form: str) -> bool:
        """Say whether a form lies below the best baseline, interval and all."""
        return self._row(form).agreement.high < self._best

    @property
    def _best(self) -> float:
        return max(self._row(name).agreement.mean for name in BASELINES)

    def _row(self, form: str) -> Row:
        return next(row for row in self.rows if row.score == form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A title, names of columns, and lines of words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_table(self) -> Table:
        """Lay out for a terminal."""
        table = Table(title=self.title, padding=(0, 1, 0, 0))
        for name in self.columns:
            table.add_column(name)
        for row in self.rows:
            table.add_row(*row)
        return table

    def as_markdown(self) -> str:
        """Lay out to paste somewhere."""
        head = [self.title, "", *map(_line, (self.columns, ["---"] * len(self.columns)))]
        return "\n".join([*head, *map(_line, self.rows)])


def table(cells: Sequence[Cell], compared: Sequence[str]) -> Lines:
    """Lay out a line a form, a column a cell."""
    return Lines(
        title="gain over the best baseline of each column; * below it, interval and all",
        columns=("form", "median", "worst", *_TICKS, *(cell.name for cell in cells)),
        rows=tuple(
            (
                form,
                *_middle_and_least([cell.gain(form) for cell in cells]),
                *_ticks(cells, form),
                *(f"{cell.gain(form):+.0%}{'*' * cell.is_worse(form)}" for cell in cells),
            )
            for form in compared
        ),
    )


def summary(what: str, cells: Sequence[Cell], compared: Sequence[str]) -> Lines:
    """Lay out a line a form over many cells: the middle, the lower end, and where it lies."""
    return Lines(
        title=f"gain over the best baseline on {len(cells)} cells, surveys: {what}",
        columns=("form", "median", "worst", *_TICKS, "one in ten below", "below", "lowest"),
        rows=tuple(_summed(cells, form) for form in compared),
    )


def left_out(cells: Sequence[Cell], survey: str, compared: Sequence[str]) -> str:
    """Say what would have been chosen without a survey, and how that does on it."""
    chosen = choose([cell for cell in cells if cell.survey != survey], compared)
    gains = [cell.gain(chosen) for cell in cells if cell.survey == survey]
    median, worst = _middle_and_least(gains)
    return f"without {survey}: {chosen}; on it median {median}, worst {worst}"


def choose(cells: Sequence[Cell], compared: Sequence[str]) -> str:
    """Take the form whose median and worst gain are best together; baselines may not win.

    It has to keep nine tenths of the ticks that any matching could share, where any form does.
    """
    found = [form for form in compared if form not in BASELINES]
    keeping = [form for form in found if _kept(cells, form) >= KEPT] or found

    def worth(form: str) -> float:
        gains = [cell.gain(form) for cell in cells]
        return float(np.median(gains)) + min(gains)

    return max(keeping, key=worth)


_TICKS = (f"ticks shared at {SHARED_AT}", "of the most")


def _summed(cells: Sequence[Cell], form: str) -> tuple[str, ...]:
    gains = [cell.gain(form) for cell in cells]
    worse = sum(cell.is_worse(form) for cell in cells)
    lowest = ", ".join(
        f"{cells[at].survey} {cells[at].setting.ticks or HALF}" for at in np.argsort(gains)[:2]
    )
    low = f"{np.percentile(gains, FEW):+.0%}"
    return (form, *_middle_and_least(gains), *_ticks(cells, form), low, f"{worse}", lowest)


def _middle_and_least(gains: Sequence[float]) -> tuple[str, str]:
    return f"{np.median(gains):+.0%}", f"{min(gains):+.0%}"


def _ticks(cells: Sequence[Cell], form: str) -> tuple[str, str]:
    shared = [cell.shared(form) for cell in cells if cell.setting.ticks == SHARED_AT]
    if not shared:
        return "", ""
    return f"{min(shared):.2f}-{max(shared):.2f}", f"{_kept(cells, form):.2f}"


def _kept(cells: Sequence[Cell], form: str) -> float:
    return min(
        (cell.reached(form) for cell in cells if cell.setting.ticks == SHARED_AT), default=1.0
    )


def _line(row: Sequence[str]) -> str:
    return f"| {' | '.join(row)} |"
