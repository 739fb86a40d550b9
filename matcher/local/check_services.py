"""Looks at the directory of services: a wrong number is worse than none."""

from collections.abc import Iterable
from datetime import date

from matcher.domain.needs import Needs
from matcher.domain.services import Service
from matcher.local.findings import Finding, fine, note
from matcher.settings.model import Settings


def examine(settings: Settings, today: date) -> list[Finding]:
    """Tell which services nobody has checked lately, and for which needs there is none."""
    own = [one for one in settings.services if not one.is_example]
    within = settings.site.checks_last
    current = [one for one in own if one.is_current(today, within=within)]
    stale = [one for one in own if one not in current]
    reason = "'{}' is not shown: nobody has checked it within {} days; call, then set `checked`"
    found = [note("services", reason.format(one.id, within.days)) for one in stale]
    if missing := _missing(settings.needs, current):
        found.append(note("services", f"none is there for: {', '.join(missing)}"))
    return found or [fine("services", f"{len(current)} are there, all checked lately")]


def _missing(needs: Needs, services: Iterable[Service]) -> list[str]:
    """List the needs where formal help comes first, and there is none."""
    listed = tuple(services)
    urgent = [need.id for need in needs.all if need.formal_first]
    return [need for need in urgent if not any(one.serves(need) for one in listed)]
