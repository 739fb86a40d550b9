"""What `sanad rules` prints: for people, and as JSON."""

import json
from itertools import groupby

from rich.console import Console
from rich.table import Table

from matcher.domain.amounts import BARRIERS
from matcher.domain.changes import Change, changes
from matcher.domain.explained import explained
from matcher.domain.versions import Version
from matcher.local.ruling.files import Opened

SECTIONS = {
    "musts": "What may be switched of the hard constraints",
    "weights": "What counts how much",
    "similarity": "Guesses",
    "floor": "How much has to be shared",
    "relax": "What is asked less strictly after a wait",
    "priority": "Whose match counts more",
    "objective": "The aim of a round",
    "offers": "Suggestions",
    "peers": "What protects peers",
}


def check(found: Opened, console: Console, *, as_json: bool) -> None:
    """Say that a file is right, and what may not be meant."""
    doubts = found.doubts()
    if as_json:
        told = [
            {"line": line, "key": _key(doubt.path), "text": doubt.says.told()}
            for line, doubt in doubts
        ]
        _as_json(console, {"ok": True, "file": found.name, "doubts": told})
        return
    for line, doubt in doubts:
        where = f"{found.name}, line {line}, {_key(doubt.path)}"
        _print(console, f"{where}: {doubt.says.told()}")
    told_of = f"{len(doubts)} to look at" if doubts else "nothing to look at"
    _print(console, f"{found.name}: these rules can be used; {told_of}.")


def refused(reason: str, console: Console, *, as_json: bool) -> None:
    """Say why a file cannot be used."""
    if as_json:
        _as_json(console, {"ok": False, "error": reason})
    else:
        _print(console, reason)


def published(made: Version, console: Console, *, as_json: bool) -> None:
    """Say that a version is in force."""
    if as_json:
        _as_json(console, {"ok": True, "version": made.number})
    else:
        _print(console, f"version {made.number} is in force with the next round")


def history(versions: tuple[Version, ...], console: Console, *, as_json: bool) -> None:
    """List versions; the first is the one in force."""
    if as_json:
        _as_json(console, {"versions": [_version(one) for one in versions]})
        return
    for one in versions:
        when = f"{one.at:%Y-%m-%d %H:%M}" if one.at else "the file in config/"
        words = (one.who, one.preset, one.reason) if one.at else ()
        _print(console, "  ".join([f"{one.number:>4}", when, *filter(None, words)]))


def _version(one: Version) -> dict[str, str | int | None]:
    return {
        "version": one.number,
        "at": f"{one.at:%Y-%m-%dT%H:%MZ}" if one.at else None,
        "who": one.who if one.at else None,
        "reason": one.reason,
        "preset": one.preset,
    }


def explain(found: Opened, console: Console, *, as_json: bool) -> None:
    """Say every rule as one sentence, and then every barrier."""
    rules = explained(found.rules)
    if as_json:
        told = [{"key": rule.key, "text": rule.says.told()} for rule in rules]
        barriers = [{"key": key, "text": says.told()} for key, says in BARRIERS.items()]
        _as_json(console, {"rules": told, "barriers": barriers})
        return
    for section, members in groupby(rules, key=lambda rule: rule.key.partition(".")[0]):
        _table(console, SECTIONS[section], [(rule.key, rule.says.told()) for rule in members])
    _table(
        console,
        "What keeps two people apart, whatever their score",
        [(key.value, says.told()) for key, says in BARRIERS.items()],
    )


def diff(old: Opened, new: Opened, console: Console, *, as_json: bool) -> None:
    """Say what changes from one file to the other, rule by rule."""
    changed = changes(old.rules, new.rules)
    if as_json:
        _as_json(console, {"changes": [_change(one) for one in changed]})
        return
    for one in changed:
        loose = f"  (loosens what protects people: {one.loosens})" if one.loosens else ""
        _print(console, one.key + loose)
        for mark, sentence in (("-", one.before), ("+", one.after)):
            if sentence:
                _print(console, f"  {mark} {sentence.told()}")
    if not changed:
        _print(console, "both say the same")


def _change(one: Change) -> dict[str, str | None]:
    return {
        "key": one.key,
        "before": one.before.told() if one.before else None,
        "after": one.after.told() if one.after else None,
        "loosens": one.loosens,
    }


def _key(path: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str))


def _table(console: Console, title: str, rows: list[tuple[str, str]]) -> None:
    _print(console, f"\n{title}")
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="dim")
    table.add_column()
    for key, sentence in rows:
        table.add_row(f"  {key}", sentence)
    console.print(table, markup=False, highlight=False)


def _print(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def _as_json(console: Console, told: dict[str, object]) -> None:
    console.print(json.dumps(told, ensure_ascii=False), markup=False, soft_wrap=True)
