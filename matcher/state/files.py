"""Durable JSON files that several processes write: locked, read again, replaced as a whole."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import MsgspecError, json

from matcher.domain.errors import DamagedError

T = TypeVar("T")


class StateFile(Generic[T]):
    """One file that holds one value of `kind`; whoever writes it has just read it."""

    def __init__(self, path: Path, kind: type[T], empty: T) -> None:
        self._path = path
        self._kind = kind
        self._empty = empty

    @property
    def name(self) -> str:
        """Say how the file is called, without any folder."""
        return self._path.name

    def read(self) -> T:
        """Read the value as it was last replaced.

        Raises DamagedError if it is none, or cannot be read: a command that root gave may have
        left it to root alone.
        """
        try:
            return json.decode(self._path.read_bytes(), type=self._kind)
        except FileNotFoundError:
            return self._empty
        except (MsgspecError, UnicodeDecodeError, OSError):
            raise DamagedError(self._path.name) from None

    @contextmanager
    def changing(self) -> Iterator["Draft[T]"]:
        """Lock the file, yield its value to be changed, and replace the file if it was.

        Raises DamagedError like `read`, before anything is changed.
        """
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = self._lock()
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            before = self.read()
            draft = Draft(before)
            yield draft
            if draft.value != before:
                self._replace(draft.value)
        finally:
            os.close(lock)

    def _lock(self) -> int:
        try:
            return os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except (PermissionError, IsADirectoryError):
            raise DamagedError(self._path.name) from None

    def _replace(self, value: T) -> None:
        """Write beside it, make sure it is on the disk, and swap: a kill leaves old or new."""
        fresh = self._path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(json.encode(value))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class Draft(Generic[T]):
    """A value on its way back into its file."""

    def __init__(self, value: T) -> None:
        self.value = value
