"""Compiled code is kept between processes, and damage to it costs time and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MODULE = """
from matcher.engine.compiled import compiled

@compiled
def twice(number: int) -> int:
    return 2 * number
"""
RUN = "import twice; print(twice.twice(21), sum(twice.twice.stats.cache_hits.values()))"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "twice.py").write_text(MODULE)
    return tmp_path


def run(folder: Path, *before: str) -> list[str]:
    """Call the function in a process of its own: the result, and whether code was found."""
    paths = os.pathsep.join([str(folder), str(Path(__file__).parents[3])])
    environ = {**os.environ, "PYTHONPATH": paths, "NUMBA_CACHE_DIR": str(folder / "kept")}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", ";".join([*before, RUN])],
        env=environ,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


def test_the_next_process_finds_what_was_compiled(folder: Path) -> None:
    run(folder)

    assert run(folder) == ["42", "1"]


@pytest.mark.parametrize("kind", ["*.nbc", "*.nbi"])
@pytest.mark.parametrize("damage", [b"", b"no code at all"], ids=["empty", "garbled"])
def test_what_is_damaged_is_compiled_anew(folder: Path, kind: str, damage: bytes) -> None:
    run(folder)
    damaged = list((folder / "kept").rglob(kind))
    for file in damaged:
        file.write_bytes(damage)

    assert damaged
    assert run(folder) == ["42", "0"]
    assert run(folder) == ["42", "1"]


def test_another_engine_is_compiled_anew(folder: Path) -> None:
    run(folder)

    changed = "from matcher.engine import compiled; compiled._engine = lambda: 'another'"

    assert run(folder, changed) == ["42", "0"]


def test_without_room_to_keep_it_code_is_compiled_all_the_same(folder: Path) -> None:
    none = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"

    assert run(
        folder, none, "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    ) == [
        "42",
        "0",
    ]
