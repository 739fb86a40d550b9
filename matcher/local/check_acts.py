"""Looks at the audit log of coordinators' acts: does each line follow from those before it."""

from msgspec import MsgspecError

from matcher.local.findings import Finding, fine, wrong
from matcher.settings.model import Settings
from matcher.state import console

SUBJECT = "audit log"


def examine(settings: Settings) -> list[Finding]:
    """Verify the chain of every pool's log."""
    return [_pool(settings, pool) for pool in settings.pools]


def _pool(settings: Settings, pool: str) -> Finding:
    try:
        ledger = console.ledger(settings.folders.state, pool).read()
    except MsgspecError:
        return wrong(SUBJECT, f"the file of {pool} cannot be read; put a copy in its place")
    fault = ledger.first_fault()
    if fault is not None:
        reason = f"line {fault} of {pool} does not follow from those before it: it was altered"
        return wrong(SUBJECT, f"{reason}, or a line before it was taken out")
    return fine(SUBJECT, f"{len(ledger.entries)} acts in {pool}, each bound to those before it")
