"""Looks at this machine: Python, folders, ports, swap."""

import os
import platform
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

from matcher.local import ports
from matcher.local.findings import Finding, fine, note, wrong
from matcher.settings.model import Listen, Settings
from matcher.store.vault import day_of, standing

LEAST_PYTHON = (3, 11)

_IN_MEMORY = ("tmpfs", "ramfs")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_MOUNTS = Path("/proc/mounts")
_SWAPS = Path("/proc/swaps")


def examine_python() -> list[Finding]:
    """Look at what runs us."""
    version = platform.python_version()
    if sys.version_info < LEAST_PYTHON:
        return [wrong("python", f"{version} is too old; 3.11 or later is needed")]
    return [fine("python", version)]


def examine(settings: Settings) -> list[Finding]:
    """Look at what the settings point at."""
    return [
        *_vault(settings.folders.vault),
        *_state(settings.folders.state),
        *_port("public", settings.public),
        *_port("console", settings.console),
        *_console_host(settings.console),
        *_swap(),
    ]


def _vault(path: Path) -> list[Finding]:
    there = next(folder for folder in (path, *path.parents) if folder.exists())
    kind = file_system(there)
    if kind and kind not in _IN_MEMORY:
        reason = f"{path} is on a disk ({kind}); point SANAD_VAULT_DIR at a folder on tmpfs"
        return [wrong("vault", reason)]
    if not kind:
        return [note("vault", f"whether {path} is in memory cannot be told on this system")]
    if there != path:
        return [fine("vault", f"{path} will be made, in memory")]
    fault = _private("vault", path) or _vault_day(path, day_of(datetime.now(UTC)))
    return fault or [fine("vault", f"{path} is in memory, and yours alone")]


def _vault_day(path: Path, today: int) -> list[Finding]:
    """Tell a vault that stands on another day than this machine's clock."""
    found = standing(path)
    if found is None or found[0] in {today - 1, today}:
        return []
    days = today - found[0]
    if days < 0:
        reason = f"it stands {-days} days ahead of this machine's clock; put the clock right"
        return [wrong("vault", reason)]
    reason = (
        f"it stands {days} days behind this machine's clock: put the clock right; if it is "
        "right, the clock process moves the vault on by a day an hour"
    )
    return [wrong("vault", reason)]


def _state(path: Path) -> list[Finding]:
    if not path.exists():
        return [fine("state", f"{path} will be made")]
    return _private("state", path) or [fine("state", f"{path} is yours alone")]


def _private(subject: str, path: Path) -> list[Finding]:
    found = path.stat()
    if found.st_uid != os.geteuid():
        return [wrong(subject, f"{path} belongs to somebody else")]
    if stat.S_IMODE(found.st_mode) & 0o077:
        return [wrong(subject, f"others can look into {path}; run: chmod 700 {path}")]
    return []


def file_system(path: Path) -> str:
    """Name the kind of file system a folder is on; "" where the system does not say."""
    if not _MOUNTS.exists():
        return ""
    whole = path.resolve()
    best, kind = Path("/"), ""
    for line in _MOUNTS.read_text("utf-8", errors="replace").splitlines():
        _device, where, its_kind, *_rest = line.split(" ")
        mount = Path(where.replace("\\040", " "))
        if whole.is_relative_to(mount) and len(mount.parts) >= len(best.parts):
            best, kind = mount, its_kind
    return kind


def _port(name: str, listen: Listen) -> list[Finding]:
    subject = f"{name} port"
    if ports.is_free(listen):
        return [fine(subject, f"{listen.port} is free")]
    reason = (
        f"{listen.port} is taken, by a `sanad up` that runs or by something else; another "
        "`sanad up` would take a free one"
    )
    return [note(subject, reason)]


def _console_host(listen: Listen) -> list[Finding]:
    if listen.host in _LOOPBACK:
        return []
    reason = f"it listens on {listen.host}, where others reach it; set SANAD_CONSOLE_HOST"
    return [wrong("console", reason)]


def _swap() -> list[Finding]:
    """Memory that is swapped out is on a disk after all."""
    if _SWAPS.exists() and len(_SWAPS.read_text("utf-8").splitlines()) > 1:
        return [note("swap", "is on: keep it encrypted, or off, for keys may get there")]
    return []
