"""Looks through the folders and files of a running system, and the logs that are named."""

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.errors import MatcherError
from matcher.local import run_folder
from matcher.local.findings import note, wrong
from matcher.local.scan.folder import File, walk
from matcher.local.scan.gathering import Gathering
from matcher.local.scan.looks import Look
from matcher.local.scan.servers import seen_in
from matcher.settings.model import Settings

_IN_VAULT = re.compile(r"spent\.lock|(vault|pepper|spent-[0-9a-f]{2})(\.[0-9a-f]{16})?")
_SECRETS = re.compile(r"env|(store|queue)\.(acl|sock)")
_CODES = re.compile(r"invitations|coordinator|codes-[0-9a-f]{8}")
_SERVICES = re.compile(r"(asked-)?services-[a-z0-9-]+\.json")
_TEMPORARY = re.compile(r"sanad.*|wgunicorn-.*|core(\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where files are kept, and what those in it may be called: anything where that is None."""

    subject: str
    top: Path
    names: re.Pattern[str] | None = None


def examine(
    environ: Mapping[str, str], settings: Settings, logs: Iterable[Path], gathering: Gathering
) -> None:
    """Look through vault, state, run and temporary folders, and logs."""
    folders = settings.folders
    _look_through(Place(subject="vault", top=folders.vault, names=_IN_VAULT), gathering)
    _look_through(Place(subject="state", top=folders.state), gathering)
    home = _home(environ, gathering)
    apart = {folders.vault, folders.state}
    if home is not None:
        _look_through(Place(subject="run folder", top=home), gathering, apart=apart)
    _temporary(Path(environ.get("TMPDIR") or tempfile.gettempdir()), home, gathering)
    _logs(list(logs), gathering)


def _look_through(
    place: Place, gathering: Gathering, *, apart: Iterable[Path] = frozenset()
) -> None:
    if not place.top.exists():
        gathering.say(note(place.subject, f"there is no {place.top}"))
        return
    count = 0
    for file in walk(place.top):
        if any(file.path.is_relative_to(other) for other in apart):
            continue
        count += 1
        _judge(file, place, gathering)
    gathering.looked_at(place.subject, count, "files and folders")


def _judge(file: File, place: Place, gathering: Gathering) -> None:
    if not file.is_private or not file.is_ours:
        gathering.count(place.subject, "others than you may read or own what is yours", "files")
    if place.names and not file.is_folder and not place.names.fullmatch(file.path.name):
        gathering.count(place.subject, "something is in it that does not belong there", "files")
    for look in _seen_in(file):
        gathering.count(place.subject, f"there stands what looks like {look}", "files")


def _seen_in(file: File) -> set[Look]:
    """Look into a file, but for passwords.

    Codes may wait in a file for codes alone, and services have numbers and addresses.
    """
    if _SECRETS.fullmatch(file.path.name):
        return set()
    seen = seen_in((file.name.encode(), file.content))
    if _SERVICES.fullmatch(file.path.name):
        return seen - {Look.EMAIL, Look.PHONE}
    return seen - {Look.CODE} if _CODES.fullmatch(file.path.name) else seen


def _home(environ: Mapping[str, str], gathering: Gathering) -> Path | None:
    try:
        return run_folder.home(environ)
    except MatcherError as error:
        gathering.say(wrong("run folder", str(error)))
        return None


def _temporary(top: Path, home: Path | None, gathering: Gathering) -> None:
    """Look through what processes of ours may have left in the folder for temporary files."""
    named = [path for path in top.glob("*") if _TEMPORARY.fullmatch(path.name)]
    left = [path for path in named if path != home and path.lstat().st_uid == os.geteuid()]
    for path in left:
        _look_through(Place(subject="temporary files", top=path), gathering)
    gathering.looked_at("temporary files", len(left), "files and folders of ours")


def _logs(logs: list[Path], gathering: Gathering) -> None:
    if not logs:
        gathering.say(note("logs", "none was looked through; name each with --log FILE"))
    count = 0
    for path in logs:
        for file in walk(path):
            for line in file.content.splitlines():
                count += 1
                for look in seen_in((line,)):
                    where = f"{path.name} has what looks like {look}"
                    gathering.count("logs", where, "lines")
    if logs:
        gathering.looked_at("logs", count, "lines")
