"""What `sanad doctor` finds, one plain sentence each."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from rich.console import Console
from rich.text import Text


class Level(StrEnum):
    """How much it matters."""

    FINE = "fine"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    level: Level
    subject: str
    text: str


_MARKS = {
    Level.FINE: ("fine ", "green"),
    Level.NOTE: ("note ", "yellow"),
    Level.WRONG: ("WRONG", "bold red"),
}


def fine(subject: str, text: str) -> Finding:
    """Say that something is as it should be."""
    return Finding(level=Level.FINE, subject=subject, text=text)


def note(subject: str, text: str) -> Finding:
    """Say something worth knowing that stops nobody."""
    return Finding(level=Level.NOTE, subject=subject, text=text)


def wrong(subject: str, text: str) -> Finding:
    """Say what has to be put right, and how."""
    return Finding(level=Level.WRONG, subject=subject, text=text)


def is_anything_wrong(findings: Sequence[Finding]) -> bool:
    """Tell whether something has to be put right."""
    return any(finding.level is Level.WRONG for finding in findings)


def show(findings: Sequence[Finding], console: Console, *, as_json: bool) -> None:
    """Write the findings for a reader or for a script."""
    if as_json:
        told = {
            "ok": not is_anything_wrong(findings),
            "findings": [asdict(finding) for finding in findings],
        }
        console.file.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    for finding in findings:
        subject = f"  {finding.subject}: "
        console.print(Text.assemble(_MARKS[finding.level], subject, finding.text))
