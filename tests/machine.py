"""A `sanad up` for tests, started from the checkout, and a way to see what is left of it."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis

from matcher.local import numerics, python, run_folder, sessions
from matcher.local.acl import ServerName
from matcher.local.surroundings import scan_variable
from matcher.settings.load import load
from matcher.settings.model import Settings
from tests import compiled, lifetimes, servers

READY_S = 60.0

QUICK = {
    "SANAD_ROUNDS_GATHER": "0.1 s",
    "SANAD_ROUNDS_EVERY": "1 s",
}
"""Rounds in quick succession, for tests that wait for suggestions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Up:
    """A running `sanad up`, and what it told."""

    process: subprocess.Popen[str]
    told: Mapping[str, Any]
    home: Path
    log: Path

    @property
    def public(self) -> str:
        """The address of the public pages."""
        return str(self.told["public"])

    @property
    def console(self) -> str:
        """The address of the coordinators' pages."""
        return str(self.told["console"])

    @property
    def settings(self) -> Settings:
        """Settings that lead to its store, vault and state."""
        return load(environ_in(self.home, run_folder.read_env(Path(self.told["env"]))))

    @property
    def pids(self) -> dict[str, int]:
        """The processes it started, by name."""
        return dict(self.told["pids"])

    def living(self) -> list[int]:
        """List what lives of its children and their forks."""
        return sessions.members(self.pids.values())

    @property
    def scan_urls(self) -> dict[ServerName, str]:
        """Say how to read all that the servers hold which it started."""
        environ = run_folder.read_env(Path(self.told["env"]))
        urls = {name: environ.get(scan_variable(name), "") for name in ServerName}
        return {name: url for name, url in urls.items() if url}

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal and wait for its end; returns its exit code."""
        self.process.send_signal(number)
        return self.process.wait(READY_S)


def environ_in(home: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """Write an environment in which a `sanad` command sees no other run."""
    clean = {key: value for key, value in os.environ.items() if "SANAD" not in key}
    compiled = {numerics.COMPILED: str(numerics.folder_of_compiled(os.environ))}
    places = dict.fromkeys(("XDG_RUNTIME_DIR", "HOME", "TMPDIR"), str(home))
    return python.environ({**clean, **compiled, **places, **extra})


def sanad(
    *arguments: str, home: Path, extra: Mapping[str, str] | None = None, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run one `sanad` command to its end."""
    return subprocess.run(  # noqa: S603 - our own command
        python.module("matcher.cli", *arguments),
        env=environ_in(home, extra or {}),
        input=given,
        capture_output=True,
        text=True,
        timeout=READY_S,
        check=False,
    )


@contextmanager
def up(*arguments: str, extra: Mapping[str, str] | None = None) -> Iterator[Up]:
    """Run `sanad up --json` on free ports until the block ends."""
    compiled.ready()
    with servers.private_folder() as home:
        log = home / "log"
        with log.open("w") as errors:
            process = subprocess.Popen(  # noqa: S603 - our own command
                python.module("matcher.cli", "up", "--json", *(arguments or ("--port", "0"))),
                env=environ_in(home, {"SANAD_CONSOLE_PORT": "0", **(extra or {})}),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        try:
            found = Up(process=process, told=_told(process, log), home=home, log=log)
            yield found
            if process.poll() is None:
                _check_keys(found)
        finally:
            process.terminate()
            process.communicate(timeout=READY_S)


def _check_keys(found: Up) -> None:
    """End like every test on a server: each key is declared and has a lifetime."""
    for name, url in found.scan_urls.items():
        with Redis.from_url(url) as client:
            if name is ServerName.STORE:
                lifetimes.check_store(client, found.settings)
            else:
                lifetimes.check_queue(client)


def _told(process: subprocess.Popen[str], log: Path) -> dict[str, Any]:
    line = process.stdout.readline() if process.stdout else ""
    assert line, log.read_text()
    found: dict[str, Any] = json.loads(line)
    return found
