"""`sanad doctor`: whether everything is as it should be, and what is to be done if not."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from matcher.domain.errors import SettingsError
from matcher.local import check_machine, check_servers
from matcher.local.findings import Finding, fine, note, wrong
from matcher.local.scan import places, servers
from matcher.local.scan.gathering import Gathering
from matcher.settings.load import load


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
    found += check_servers.examine(environ)
    found.append(note("words", "no native speaker has read the Arabic texts yet"))
    return found


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
