"""Looks at the audit log of coordinators' acts: does each line follow from those before it."""

from matcher.domain.errors import DamagedError
from matcher.local.findings import Finding, fine, wrong
from matcher.settings.model import Settings
from matcher.state import console

SUBJECT = "audit log"
MARK = 12
"""So much of a line's seal is shown, here and on the page of the log."""


def examine(settings: Settings) -> list[Finding]:
    """Verify the chain of every pool's log."""
    return [_pool(settings, pool) for pool in settings.pools]


def _pool(settings: Settings, pool: str) -> Finding:
    try:
        ledger = console.ledger(settings.folders.state, pool).read()
    except DamagedError:
        return wrong(
            SUBJECT,
            f"the file of {pool} cannot be read, so nothing can be done that has to be logged; "
            "put a copy in its place",
        )
    fault = ledger.first_fault()
    if fault is not None:
        reason = f"line {fault} of {pool} does not follow from those before it: it was altered"
        return wrong(SUBJECT, f"{reason}, or a line before it was taken out")
    count = len(ledger.entries)
    if not count:
        return fine(SUBJECT, f"nothing was done in {pool} yet")
    head = f"the newest line is {count}, marked {ledger.entries[-1].seal[:MARK]}"
    lines = "1 line" if count == 1 else f"{count} lines"
    return fine(
        SUBJECT,
        f"{lines} in {pool}, each bound to those before it; {head}: note both down "
        "elsewhere, since whoever rules this machine could write all of them anew",
    )
