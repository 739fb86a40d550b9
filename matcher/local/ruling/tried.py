"""What a trial of rules shows at a terminal, and as JSON."""

from collections.abc import Mapping

from msgspec import json, to_builtins
from rich.console import Console
from rich.table import Table

from matcher.domain.extent import Arm
from matcher.domain.shares import Share
from matcher.domain.trial import Trial, Why
from matcher.service.trials import Figures

ENDS: Mapping[Why, str] = {
    Why.FEWER: "fell back by itself: fewer were offered somebody in their first round",
    Why.WORST: "fell back by itself: those who are worst off were offered somebody less often",
    Why.UNUSABLE: "fell back by itself: its rules cannot be used any more",
    Why.OVER: "its time is over",
    Why.DROPPED: "dropped",
    Why.REPLACED: "other rules were published",
    Why.KEPT: "kept: all rounds go by its rules",
}


def begun(made: Trial, console: Console, *, as_json: bool) -> None:
    """Say that rules are on trial."""
    if as_json:
        _print(console, json.encode({"ok": True, "trial": made.number}).decode())
        return
    _print(
        console,
        f"trial {made.number}: {made.extent.share} of 100 rounds, from the next one on, "
        f"until {made.until:%Y-%m-%d %H:%M}",
    )


def show(
    trial: Trial | None, found: Figures | None, console: Console, *, as_json: bool
) -> None:
    """Show how a trial stands; `found` None where no store was asked."""
    if as_json:
        told = {"trial": trial and _told(trial), "figures": found and to_builtins(found)}
        _print(console, json.encode(told).decode())
        return
    if trial is None:
        _print(console, "no rules have been on trial")
        return
    extent = trial.extent
    state = f"on until {trial.until:%Y-%m-%d %H:%M}"
    if trial.ended:
        state = f"ended {trial.ended.at:%Y-%m-%d %H:%M}: {ENDS[trial.ended.why]}"
    _print(console, f"trial {trial.number}, beside version {trial.after}: {state}")
    how_far = f"{extent.share} of 100 rounds, bound {extent.bound}"
    _print(console, f"{how_far}: {trial.wanted.reason}")
    if found:
        _table(found, console)


def _told(trial: Trial) -> dict[str, object]:
    return {
        **to_builtins(trial),
        "wanted": {"reason": trial.wanted.reason, "preset": trial.wanted.preset},
        "until": trial.until,
    }


def _table(found: Figures, console: Console) -> None:
    table = Table(box=None)
    for name in ("offered somebody in their first round", *Arm):
        table.add_column(name)
    sides = found.sides
    table.add_row("newcomers counted", *(str(sides[arm].came or "few") for arm in Arm))
    table.add_row("all together", *(_share(sides[arm].together) for arm in Arm))
    for group, shares in found.groups.items():
        table.add_row(group, *(_share(shares[arm]) for arm in Arm))
    table.add_row("worst off", *(found.worst[arm] or "too few to tell" for arm in Arm))
    console.print(table, markup=False, highlight=False)


def _share(share: Share | None) -> str:
    if share is None:
        return "too few to tell"
    return f"{share.best:.0%} ({share.low:.0%} to {share.high:.0%})"


def _print(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)
