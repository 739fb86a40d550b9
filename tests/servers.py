"""Real servers for tests: memory-only, on sockets in a short private folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import quote

from redis import Redis

from matcher.local import binary, server
from matcher.local.acl import Role, ServerName
from matcher.local.lifeline import Lifeline, lifeline
from matcher.local.server import Server
from matcher.settings.load import config_folder

MEMORY = "256mb"
TESTER = "tester"
DEADLINE_S = 20.0

_PASSWORD = token_urlsafe(32)
_LINE = f"user {TESTER} on #{sha256(_PASSWORD.encode()).hexdigest()} ~* &* +@all\n"
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - tmpfs is wanted; the folder in it is private


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server that answers, and the process behind it."""

    server: Server
    process: subprocess.Popen[bytes]

    def url(self, role: Role) -> str:
        """Say how `role` reaches it."""
        return self.server.url(role)

    def everything(self) -> str:
        """Say how a test reaches all of it: no process of ours may do what this user may."""
        return f"unix://{TESTER}:{_PASSWORD}@{quote(str(self.server.socket))}"

    def refused(self) -> list[str]:
        """Say which of our users was refused what since the server was last emptied."""
        with Redis.from_url(self.everything()) as tester:
            return [f"{said['username']}: {said['object']}" for said in tester.acl_log()]

    def admin(self) -> Redis:
        """Open a connection that may empty the server."""
        return Redis.from_url(self.url(Role.ADMIN))

    def flush(self) -> None:
        """Empty the server, and its list of who was refused what."""
        with Redis.from_url(self.everything()) as tester:
            tester.flushall()
        self.forgive()

    def forgive(self) -> None:
        """Forget who was refused what: it was meant to be."""
        with Redis.from_url(self.everything()) as tester:
            tester.acl_log_reset()


@contextmanager
def private_folder() -> Iterator[Path]:
    """Yield a folder of mode 0700 with a path short enough for sockets; it goes afterwards."""
    base = _SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="sanad-test-", dir=base) as name:
        yield Path(name)


@contextmanager
def running(
    name: ServerName, folder: Path, *, guard: Lifeline, memory: str = MEMORY
) -> Iterator[Running]:
    """Run one server for as long as the block runs; it also ends when the tests are killed."""
    prepared = server.prepare(
        name,
        binary=binary.find(os.environ.get("PATH", "")),
        config=_own_copy(config_folder({}) / "valkey.conf", folder),
        folder=folder,
        memory=memory,
    )
    with (folder / f"{name}.acl").open("a", encoding="utf-8") as users:
        users.write(_LINE)
    process = start(prepared, guard)
    try:
        yield Running(server=prepared, process=process)
    finally:
        stop(process, guard)


def _own_copy(config: Path, folder: Path) -> Path:
    """Copy the settings: a server that was granted too much might write them anew."""
    return Path(shutil.copy(config, folder))


def start(prepared: Server, guard: Lifeline) -> subprocess.Popen[bytes]:
    """Start a prepared server and wait until it answers."""
    process = subprocess.Popen(  # noqa: S603 - the server we found
        prepared.argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    guard.tie(process.pid)
    prepared.wait(deadline_s=DEADLINE_S)
    return process


def stop(process: subprocess.Popen[bytes], guard: Lifeline) -> None:
    """End a server we started; one that was stopped or killed on purpose is fine too."""
    process.kill()
    process.wait()
    guard.untie(process.pid)


def environ(store: Running, queue: Running, home: Path) -> dict[str, str]:
    """Write the environment of a process of ours that uses these servers, with its own home."""
    return {
        "HOME": str(home),
        "SANAD_STORE_URL": store.url(Role.APP),
        "SANAD_QUEUE_URL": queue.url(Role.WORKER),
        "SANAD_TEST_CLOCK": "1",
        "SANAD_VAULT_DIR": str(home / "vault"),
        "SANAD_STATE_DIR": str(home / "state"),
    }


@contextmanager
def both() -> Iterator[tuple[Running, Running]]:
    """Run a store and a queue."""
    with (
        private_folder() as folder,
        lifeline() as guard,
        running(ServerName.STORE, folder, guard=guard) as store,
        running(ServerName.QUEUE, folder, guard=guard) as queue,
    ):
        guard.remove(folder)
        yield store, queue
