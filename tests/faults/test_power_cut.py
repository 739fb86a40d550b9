"""What a power cut leaves of the list of spent tickets, where it lies on a disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from stat import S_ISDIR
from zlib import crc32

import pytest

from matcher.store.spent import SHELVES, SpentList

DAY, NOW = timedelta(days=1), datetime(2026, 1, 1, tzinfo=UTC)


class Disk:
    """Notes what of a folder lasts: files and names as they were when made sure of."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._content: dict[int, bytes] = {}
        self._names: dict[str, int] = {}

    def make_sure(self, descriptor: int) -> None:
        """Do what the system does when it is asked to make sure of something."""
        found = os.fstat(descriptor)
        there = {path.name: path.stat().st_ino for path in self._folder.iterdir()}
        if S_ISDIR(found.st_mode):
            self._names = there
        for name, number in there.items():
            if number == found.st_ino:
                self._content[number] = (self._folder / name).read_bytes()

    def after_a_cut(self, folder: Path) -> SpentList:
        """Put what lasts into another folder, and read it there."""
        folder.mkdir()
        for name, number in self._names.items():
            (folder / name).write_bytes(self._content.get(number, b""))
        return SpentList(folder)


@contextmanager
def on_a_disk(folder: Path) -> Iterator[Disk]:
    """Yield the disk below a folder."""
    folder.mkdir()
    disk = Disk(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", disk.make_sure)
        yield disk


def test_a_power_cut_takes_nothing_that_was_spent(tmp_path: Path) -> None:
    with on_a_disk(tmp_path / "list") as disk:
        spent = SpentList(tmp_path / "list")
        shelf = shelf_mates()
        spent.add(shelf[0], until=NOW + DAY, now=NOW)
        assert disk.after_a_cut(tmp_path / "new").holds(shelf[0])
        spent.add(shelf[1], until=NOW + 3 * DAY, now=NOW)
        assert disk.after_a_cut(tmp_path / "added").holds(shelf[1])
        spent.add(shelf[2], until=NOW + 3 * DAY, now=NOW + 2 * DAY)  # the first is forgotten
        assert disk.after_a_cut(tmp_path / "replaced").marks().keys() == set(shelf[1:3])
        spent.merge(f"{shelf[3]} {(NOW + 4 * DAY).timestamp():.0f}\n")
        assert disk.after_a_cut(tmp_path / "merged").marks().keys() == set(shelf[1:])


def shelf_mates() -> list[str]:
    """Make four marks that stand on one shelf."""
    marks = (f"mark-{number}" for number in range(100_000))
    mates = [mark for mark in marks if crc32(mark.encode()) % SHELVES == 0]
    return mates[:4]
