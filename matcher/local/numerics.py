"""What a process that computes is told before it loads its numeric libraries."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from matcher.local import run_folder

COMPILED = "NUMBA_CACHE_DIR"
THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMBA_NUM_THREADS",
)
"""A library's own threads are lost in a fork, and get into the way of those of a round."""


def environ(base: Mapping[str, str]) -> dict[str, str]:
    """Add one thread a library and a folder for compiled code, where `base` says nothing."""
    told = dict.fromkeys(THREADS, "1") | dict(base)
    return told if told.get(COMPILED) else told | {COMPILED: str(folder_of_compiled(base))}


def folder_of_compiled(base: Mapping[str, str]) -> Path:
    """Find or make a folder that nobody else can write to: what is read there is run.

    Raises
    ------
    RunFolderError
        If there is no such folder.
    """
    for cache in _caches(base):
        ours = cache / "sanad"
        if _make(ours) and _make(ours / "compiled"):
            return ours / "compiled"
    folder = run_folder.home(base) / "compiled"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _caches(base: Mapping[str, str]) -> Iterator[Path]:
    if given := base.get("XDG_CACHE_HOME"):
        yield Path(given)
    if home := base.get("HOME"):
        yield Path(home) / ".cache"


def _make(folder: Path) -> bool:
    """Make a folder, or find it made; False unless it is ours alone to write to."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    return is_ours and not found.st_mode & 0o022 and os.access(folder, os.W_OK)
