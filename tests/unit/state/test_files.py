"""Durable files: whoever is killed at whatever moment leaves the old file or the new one."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from matcher.domain.errors import DamagedError
from matcher.state.files import StateFile
from tests.architecture.source import ROOT

KILLS = 25
WRITER = """
import os, sys
from itertools import count
from pathlib import Path
from matcher.state.files import StateFile
file = StateFile(Path(sys.argv[1]), list[str], [])
for number in count():
    act = f"{os.getpid()}-{number}"
    with file.changing() as draft:
        draft.value = [*draft.value, act]
    print(act, flush=True)
"""


def kept(path: Path) -> list[str]:
    """Read the file as the next process would."""
    return StateFile(path, list[str], []).read()


def write_until_killed(path: Path, after_s: float) -> list[str]:
    """Let two processes write and kill both; return the acts that either was sure of."""
    command = [sys.executable, "-c", WRITER, str(path)]
    pipes = [
        subprocess.Popen(  # noqa: S603 - our own interpreter
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    first = [process.stdout.readline().strip() for process in pipes if process.stdout]
    time.sleep(after_s)  # any moment will do
    for process in pipes:
        os.kill(process.pid, signal.SIGKILL)
    return first + [act for process in pipes for act in process.communicate()[0].split()]


def test_after_a_kill_at_any_moment_no_act_is_lost_or_there_twice(tmp_path: Path) -> None:
    path = tmp_path / "acts.json"
    sure: list[str] = []

    for nth in range(KILLS):
        sure += write_until_killed(path, 0.0007 * nth)
        found = kept(path)

        assert set(sure) <= set(found)
        assert len(found) == len(set(found))


@pytest.mark.parametrize("torn", [b"", b"[", b'["act 0", "act 7"]', b"\0" * 4096])
def test_what_a_killed_process_left_beside_the_file_is_never_read(
    tmp_path: Path, torn: bytes
) -> None:
    path = tmp_path / "acts.json"
    path.with_suffix(".new").write_bytes(torn)
    file = StateFile(path, list[str], [])

    for act in ("act 0", "act 1"):
        with file.changing() as draft:
            draft.value = [*draft.value, act]

    assert kept(path) == ["act 0", "act 1"]


def test_a_change_that_fails_changes_nothing(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "acts.json", list[str], [])

    def fail() -> None:
        raise LookupError

    with suppress(LookupError), file.changing() as draft:
        draft.value = ["half"]
        fail()

    assert file.read() == []
    with file.changing() as draft:  # and the lock is free
        draft.value = ["whole"]
    assert file.read() == ["whole"]


@pytest.mark.parametrize("taken", ["acts.json", "acts.lock"])
def test_what_cannot_be_opened_is_as_damaged_as_what_makes_no_sense(
    tmp_path: Path, taken: str
) -> None:
    (tmp_path / taken).mkdir()
    file = StateFile(tmp_path / "acts.json", list[str], [])

    with pytest.raises(DamagedError, match=r"acts\.json"), file.changing() as draft:
        draft.value = ["one"]

    assert [path.is_dir() for path in tmp_path.iterdir() if path.name == taken] == [True]
