"""Looks at the directory of services: a wrong number is worse than none."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from matcher.domain.errors import SettingsError
from matcher.domain.needs import Needs
from matcher.domain.services import Answer, Service, Told, Welcome
from matcher.local.findings import Finding, fine, note, wrong
from matcher.settings.model import Settings
from matcher.state.directory import Directory

SOON = timedelta(days=30)


def examine(settings: Settings, today: date) -> list[Finding]:
    """Tell which services nobody has checked lately, and for which needs there is none."""
    own = [one for one in settings.services if not one.is_example]
    within = settings.site.checks_last
    current = [one for one in own if one.is_current(today, within=within)]
    stale = [one for one in own if one not in current]
    reason = "'{}' is not shown: nobody has checked it within {} days; call, then set `checked`"
    found = [note("services", reason.format(one.id, within.days)) for one in stale]
    found += [note("services", told) for one in current for told in _lapses(one, today, within)]
    found += [note("services", told) for one in current for told in _lacks(one)]
    if missing := _missing(settings.needs, current):
        found.append(note("services", f"none is there for: {', '.join(missing)}"))
    return found or [fine("services", f"{len(current)} are there, all checked lately")]


def examine_kept(settings: Settings) -> list[Finding]:
    """Tell where the directory stands once coordinators have changed it, and if it is whole."""
    directory = Directory(settings)
    try:
        changes, entries = len(directory.revisions()), directory.entries()
    except SettingsError as error:
        reason = f"{error}, so people are shown no service; put a copy of it in its place"
        return [wrong("services", reason)]
    if not changes:
        return []
    told = f"coordinators keep them: {changes} changes so far, services.toml is read no more"
    lost = [one.id for one in entries if not directory.is_sound(one)]
    names = "'{}' names a need, a region or a language that is gone: nobody sees it"
    return [fine("services", told), *(note("services", names.format(one)) for one in lost)]


def _lapses(one: Service, today: date, within: timedelta) -> Iterator[str]:
    """Warn some weeks before a service is shown no more."""
    if one.checked is not None and today + SOON > one.checked + within:
        last = one.checked + within
        yield f"'{one.id}' is shown until {last} only; call, then set `checked`"


def _lacks(one: Service) -> Iterator[str]:
    """Name what nobody has found out yet, and people would like to know before they go."""
    lacking = {
        "source": not one.source,
        "welcome": one.welcome is Welcome.NOT_CHECKED,
        "asks": Answer.UNKNOWN in one.asks.values(),
        "may_tell": Told.UNKNOWN in one.may_tell,
    }
    if names := [f"`{name}`" for name, is_lacking in lacking.items() if is_lacking]:
        yield f"'{one.id}': nobody has found out {', '.join(names)} yet"


def _missing(needs: Needs, services: Iterable[Service]) -> list[str]:
    """List the needs where formal help comes first, and there is none."""
    listed = tuple(services)
    urgent = [need.id for need in needs.all if need.formal_first]
    return [need for need in urgent if not any(one.serves(need) for one in listed)]
