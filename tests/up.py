"""A running `sanad up` for tests that kill parts of it."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from matcher.local import python, run_folder
from matcher.settings.load import load
from matcher.settings.model import Settings

QUICK = {
    "SANAD_ROUNDS_GATHER": "0.1 s",
    "SANAD_ROUNDS_EVERY": "1 s",
    "SANAD_ROUNDS_LEASE": "5 s",
}
STOPS_WITHIN_S = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Up:
    """A running `sanad up`: its pages, settings that lead to its store, and its processes."""

    public: str
    settings: Settings
    pids: dict[str, int]
    process: subprocess.Popen[bytes]


@contextmanager
def running(tmp_path: Path, **extra: str) -> Iterator[Up]:
    """Run `sanad up` on free ports for as long as the block runs."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("SANAD_")}
    environ = clean | QUICK | {"XDG_RUNTIME_DIR": str(tmp_path)} | extra
    process = subprocess.Popen(  # noqa: S603 - our own modules
        python.module("matcher.cli", "up", "--json", "--port", "0"),
        env=python.environ(environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, "`sanad up` ended before it was ready"
        told = json.loads(line)
        values = run_folder.read_env(Path(told["env"]))
        yield Up(
            public=told["public"],
            settings=load(environ | values),
            pids=told["pids"],
            process=process,
        )
    finally:
        process.terminate()
        process.wait(STOPS_WITHIN_S)
        if process.stdout is not None:
            process.stdout.close()
