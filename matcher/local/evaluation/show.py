"""What `sanad evaluate` found, for a reader and for a script."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from matcher.engine.baselines import BASELINES
from matcher.engine.evaluate import SHIPPED, Row
from matcher.engine.trials import Setting

BY_LOT = "random"
_COLUMNS = (
    "hidden agreement",
    "95 %",
    "ticks shared",
    "rarest need",
    "peer's needs",
    "busiest peer",
    "seekers",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One setting and its rows."""

    setting: Setting
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """Name the setting in words."""
        return "half lists" if self.setting.ticks is None else f"{self.setting.ticks} ticks"

    @property
    def gain(self) -> float | None:
        """Compare the shipped model with the best baseline here: 0.25 is a quarter more."""
        means = {row.score: row.agreement.mean for row in self.rows if not row.group}
        best = max(means[name] for name in BASELINES if name != BY_LOT)
        return means[SHIPPED] / best - 1 if best > 0 else None


def show(results: Sequence[Result], console: Console) -> None:
    """Print a table a setting."""
    for result in results:
        console.print(_table(result))
        if result.gain is not None:
            console.print(f"  {SHIPPED} over the best baseline: {result.gain:+.0%}\n")


def as_json(results: Sequence[Result], about: Mapping[str, object]) -> str:
    """Give every number, with what was asked for."""
    told = [
        {
            "setting": result.name,
            **asdict(result.setting),
            "gain": result.gain,
            "rows": [asdict(row) for row in result.rows],
        }
        for result in results
    ]
    return json.dumps({**about, "settings": told}, ensure_ascii=False, indent=1) + "\n"


def _table(result: Result) -> Table:
    """Lay out all scores for all seekers, then the shipped one for each group."""
    setting = result.setting
    title = f"{result.name}, {setting.peers} peers, {setting.capacity} seekers each at most"
    table = Table(title=title, title_justify="left", padding=(0, 1, 0, 0))
    table.add_column("score", no_wrap=True)
    for name in _COLUMNS:
        table.add_column(name, justify="right", no_wrap=name == _COLUMNS[1])
    for row in result.rows:
        if not row.group:
            table.add_row(row.score, *_cells(row), style="bold" if row.score == SHIPPED else "")
    table.add_section()
    for row in result.rows:
        if row.group and row.score == SHIPPED:
            table.add_row(f"{SHIPPED}: {escape(row.group)}", *_cells(row))
    return table


def _cells(row: Row) -> tuple[str, ...]:
    found = row.agreement
    return (
        f"{found.mean:.3f}",
        f"{found.low:.3f} {found.high:.3f}",
        f"{row.shared:.0%}",
        f"{row.rarest:.0%}",
        f"{row.burden:.1f}",
        str(row.busiest),
        f"{row.seekers:.0f}",
    )
