"""What a demo found: numbers, promises that must hold, and a table of both."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import mean, median

import numpy as np
from redis import Redis
from rich.console import Console
from rich.table import Table

from matcher.jobs import BOOKKEEPING
from matcher.settings.model import Settings
from matcher.store.keys import Keys, kind_of

REMAINING = frozenset(
    {"rules", "ask", "run", "lease:", "fence:", "d:", "t", "i:", "lim:", "used:", "tell:"}
    | {"stats:sums:", "stats:found:", "stats:replies:", "stats:events:", "stats:standing:"}
    | {"stats:open:", "stats:told:", "stats:rules", "stats:trial:", "stats:near:"}
    | {"stats:lessons:", "stats:waits:", "stats:wanted:", "stats:answer:", "stats:asked:"}
)
"""What may be left of nobody: published rules, leases, counts, marks of what was used up,
halves of keys that open nothing any more, sums that began with noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The figures of one demo; times are seconds from the last form."""

    seekers: int
    peers: int
    suggestions: int
    conversations: int
    greeted_both_ways: int
    unmatched: int
    first_suggestion_median_s: float | None
    wait_median_s: float | None
    wait_p95_s: float | None
    mean_score: float | None
    pairs_breaking_a_rule: int
    double_booked: int
    store_keys_left: int
    queue_keys_left: int

    @property
    def broken(self) -> tuple[str, ...]:
        """Name every promise that did not hold."""
        promises = {
            "a pair broke a rule": self.pairs_breaking_a_rule == 0,
            "somebody was in two places": self.double_booked == 0,
            "something of somebody was left in the store": self.store_keys_left == 0,
            "something was left in the queue": self.queue_keys_left == 0,
            "a greeting did not arrive": self.greeted_both_ways == self.conversations,
            "nobody found anybody": self.conversations > 0,
        }
        return tuple(words for words, holds in promises.items() if not holds)

    def as_json(self) -> dict[str, object]:
        """Give every figure, and what did not hold."""
        return {**asdict(self), "broken": list(self.broken)}


def middle(seconds: Sequence[float]) -> float | None:
    """Take the median, where there is one."""
    return round(median(seconds), 2) if seconds else None


def high(seconds: Sequence[float]) -> float | None:
    """Take the 95th percentile, where there is one."""
    return round(float(np.percentile(seconds, 95)), 2) if seconds else None


def average(scores: Sequence[float]) -> float | None:
    """Take the mean, where there is one."""
    return round(mean(scores), 3) if scores else None


def keys_left(store: Redis, settings: Settings) -> int:
    """Count the keys of this pool that are about somebody; other pools are not ours."""
    prefix = Keys(settings.pool).prefix
    found = store.scan_iter(f"{prefix}*", count=1000)
    return sum(not _is_of_nobody(key.decode()) for key in found)


def jobs_left(queue: Redis) -> int:
    """Count the keys of the queue server that are more than bookkeeping."""
    names = (key.decode() for key in queue.scan_iter(count=1000))
    return sum(BOOKKEEPING.fullmatch(name) is None for name in names)


def show(findings: Findings, console: Console) -> None:
    """Print the table."""
    table = Table(title="What happened", show_header=False)
    for name, value in asdict(findings).items():
        table.add_row(re.sub("_s$", " (seconds)", name).replace("_", " "), _written(value))
    console.print(table)
    for words in findings.broken:
        console.print(f"[red]✗ {words}[/red]")
    if not findings.broken:
        console.print("[green]✓ every promise that was looked at held[/green]")


def _is_of_nobody(key: str) -> bool:
    kind = kind_of(key)
    return kind is not None and kind.name in REMAINING


def _written(value: object) -> str:
    return "none" if value is None else str(value)
