"""`sanad doctor`: whether everything is as it should be, and what is to be done if not."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from matcher.domain.errors import SettingsError
from matcher.local import (
    check_acts,
    check_exit,
    check_machine,
    check_servers,
    check_services,
    check_state,
)
from matcher.local.findings import Finding, fine, note, wrong
from matcher.local.scan import places, servers
from matcher.local.scan.gathering import Gathering
from matcher.settings.languages import ENGLISH
from matcher.settings.load import load
from matcher.settings.model import Site
from matcher.state.directory import in_force


def examine(environ: Mapping[str, str]) -> list[Finding]:
    """Look at everything; what cannot be looked at does not hide the rest."""
    found = check_machine.examine_python()
    try:
        settings = load(environ)
    except SettingsError as error:
        found.append(wrong("settings", str(error)))
    else:
        found.append(fine("settings", f"the files in {settings.folders.config} are understood"))
        pools = ", ".join(settings.pools)
        found.append(fine("pools", f"{pools}; pages here are those of {settings.pool}"))
        found += check_machine.examine(settings)
        found += check_acts.examine(settings)
        found += check_state.examine(settings)
        found += check_services.examine_kept(settings)
        found += check_services.examine(in_force(settings), datetime.now(UTC).date())
        found += check_exit.examine(settings)
        found += _words(settings.site)
    found += check_servers.examine(environ)
    return found


def _words(site: Site) -> list[Finding]:
    """Tell which languages nobody has read who grew up with them."""
    unread = [one for one in site.languages if one not in {ENGLISH, *site.reviewed}]
    reason = "no native speaker has read the texts of '{}' yet; once one has, name it in {}"
    return [note("words", reason.format(one, "[site] reviewed")) for one in unread]


def scan(environ: Mapping[str, str], logs: Sequence[Path]) -> list[Finding]:
    """Read all that is kept anywhere; nothing of what is found is repeated.

    With wrong settings, which `examine` tells, nothing can be looked through.
    """
    try:
        settings = load(environ)
    except SettingsError:
        return []
    gathering = Gathering()
    servers.examine(environ, settings, gathering)
    places.examine(environ, settings, logs, gathering)
    return gathering.findings()
