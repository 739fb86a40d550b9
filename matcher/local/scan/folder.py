"""Walks through a folder: every file with what it holds, and who may read it."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 16_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file or a folder; `content` is empty for a folder, a socket, or what cannot be read."""

    path: Path
    name: str
    content: bytes
    is_folder: bool
    is_private: bool
    is_ours: bool


def walk(top: Path) -> Iterator[File]:
    """Read a file, or a folder and all that is below it; links are not followed."""
    found = _look(top, top.name)
    if found is None:
        return
    yield found
    if found.is_folder:
        for folder, folders, files in os.walk(top):
            for name in sorted([*folders, *files]):
                path = Path(folder, name)
                inner = _look(path, str(path.relative_to(top)))
                if inner is not None:
                    yield inner


def _look(path: Path, name: str) -> File | None:
    try:
        status = path.lstat()
    except OSError:
        return None  # it went meanwhile
    return File(
        path=path,
        name=name,
        content=_content(path) if stat.S_ISREG(status.st_mode) else b"",
        is_folder=stat.S_ISDIR(status.st_mode),
        is_private=not stat.S_IMODE(status.st_mode) & 0o077 or stat.S_ISLNK(status.st_mode),
        is_ours=status.st_uid == os.geteuid(),
    )


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError:
        return b""
