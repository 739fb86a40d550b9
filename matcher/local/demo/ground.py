"""What the demo runs on: a `sanad up` of its own, or one that runs already."""

import json
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from rich.console import Console

from matcher.domain.errors import MatcherError
from matcher.local import python, ready, run_folder
from matcher.settings.load import load
from matcher.settings.model import Settings

QUICK_ROUNDS = {"SANAD_ROUNDS_GATHER": "0.5 s", "SANAD_ROUNDS_EVERY": "2 s"}
"""People who declined wait for the next round; a picture of it should not take long."""

OWN_CROWD = {
    "SANAD_PRESSURE_FORMS": "1000000",
    "SANAD_LIMITS_LOOPBACK": "1000000 per minute",
    "SANAD_LIMITS_PERSON": "1000000 per minute",
}
"""All who are drawn come at once and from one address: here that is no flood."""

CONFIG_FOLDER = "SANAD_CONFIG_DIR"
STOPS_WITHIN_S = 10.0
WORKER_WITHIN_S = 180.0
WORKER_LATE_S = 6.0
"""A worker that finds the engine compiled takes less; only one that compiles it takes more."""
LOOK_EVERY_S = 0.2


class NoGroundError(MatcherError):
    """There is nothing to run the demo on; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A running Sanad: its pages, its settings, and a look into its two servers."""

    url: str
    settings: Settings
    store: Redis
    queue: Redis


@contextmanager
def running_already(url: str, environ: Mapping[str, str]) -> Iterator[Ground]:
    """Use the `sanad up` that runs on this machine.

    Raises
    ------
    NoGroundError
        If none does: invitations can only be made where the store can be reached.
    """
    found = {**environ, **run_folder.running(environ)}
    if not found.get("SANAD_STORE_URL"):
        raise NoGroundError("no `sanad up` of yours runs here; leave --url out to start one")
    yield _ground(url, found)


@contextmanager
def started(environ: Mapping[str, str]) -> Iterator[Ground]:
    """Start a `sanad up` for this demo, and end it afterwards.

    Raises
    ------
    NoGroundError
        If it does not start.
    """
    base = environ_of_run(environ)
    process = subprocess.Popen(  # noqa: S603 - our own command
        python.module("matcher.cli", "up", "--json", "--port", "0"),
        env=python.environ(base),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else b""
        if not line:
            raise NoGroundError("`sanad up` did not start; try it by itself to see why")
        said = json.loads(line)
        values = run_folder.read_env(Path(said["env"]))
        yield _ground(said["public"], base | values)
    finally:
        process.terminate()
        process.wait(STOPS_WITHIN_S)


def until_worker(queue: Redis, console: Console, *, within_s: float = WORKER_WITHIN_S) -> None:
    """Wait until a worker takes on rounds: without one, nobody would be suggested to anybody.

    Raises
    ------
    NoGroundError
        If none does in time.
    """
    begun, is_told = time.monotonic(), False
    while not ready.has_worker(queue):
        waited = time.monotonic() - begun
        if waited > within_s:
            raise NoGroundError("no worker is ready; try `sanad up` by itself to see why")
        if waited > WORKER_LATE_S and not is_told:
            console.print("compiling the engine, the first time only: about half a minute")
            is_told = True
        time.sleep(LOOK_EVERY_S)


def environ_of_run(environ: Mapping[str, str]) -> dict[str, str]:
    """Keep of other settings only their folder, for the run and for its judge alike."""
    kept = {
        key: value
        for key, value in environ.items()
        if not key.startswith("SANAD_") or key == CONFIG_FOLDER
    }
    return kept | QUICK_ROUNDS | OWN_CROWD


def _ground(url: str, environ: Mapping[str, str]) -> Ground:
    settings = load(environ)
    return Ground(
        url=url,
        settings=settings,
        store=Redis.from_url(settings.store_url),
        queue=Redis.from_url(settings.queue_url),
    )
