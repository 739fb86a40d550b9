"""The list of spent tickets beside the vault, which outlives a loss of the store."""

import fcntl
import math
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from zlib import crc32

from matcher.store.vault import DAY_SECONDS, Vault, write_down, write_down_names, write_new

SHELVES = 256
WORDS = 2  # a mark, and until when it has to be remembered
END_DIGITS = 10  # so many until the year 2286: one with fewer was torn
ADDING = os.O_APPEND | os.O_CREAT


class SpentList:
    """Marks of spent tickets on shelves, so that only few are read for each.

    A mark is always on the same shelf. A shelf is only ever added to, or replaced as a whole: a
    kill leaves all of it, and a power cut what was spent before, where it leaves a vault at
    all. Where it damaged an end, its mark is never forgotten: that a ticket is spent for too
    long costs little.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shelves = [folder / f"spent-{number:02x}" for number in range(SHELVES)]

    def add(self, mark: str, *, until: datetime, now: datetime) -> None:
        """Spend a ticket for good, once, and forget those beside it that none can hold."""
        end = f"{until.timestamp():0{END_DIGITS}.0f}"
        added = f"\n{mark} {end}\n"  # a torn line before it is left alone
        shelf = self._shelf(mark)
        with self._locked():
            lines = _lines(shelf)
            kept = _kept(lines, now)
            if any(_mark(line) == mark for line in kept):
                return
            if len(kept) == len(lines):
                is_new = not shelf.exists()
                write_down(shelf, added.encode("ascii"), ADDING)
                if is_new:
                    write_down_names(self._folder)
            else:
                _replace(shelf, [*kept, added])

    def holds(self, mark: str) -> bool:
        """Say whether a ticket was spent."""
        return any(_mark(line) == mark for line in _lines(self._shelf(mark)))

    def text(self) -> str:
        """Write the list down, to be carried to another machine."""
        return "".join(line for shelf in self._shelves for line in _lines(shelf))

    def merge(self, text: str) -> None:
        """Add what another machine's list holds; of two ends the later one counts."""
        found: dict[Path, list[str]] = defaultdict(list)
        for line in _whole(text):
            found[self._shelf(_mark(line))].append(line)
        for shelf, lines in found.items():
            with self._locked():  # for one shelf alone: whoever leaves does not wait for all
                known = _lines(shelf)
                ends = {_mark(line): _end(line) for line in known}
                later = {_mark(line): line for line in lines if _is_later(line, ends)}
                if later:
                    left = [line for line in known if _mark(line) not in later]
                    _replace(shelf, [*left, *later.values()])

    def forget(self, now: datetime) -> None:
        """Forget the marks that no ticket can hold any more, on every shelf."""
        for shelf in self._shelves:
            with self._locked():
                lines = _lines(shelf)
                kept = _kept(lines, now)
                if len(kept) < len(lines):
                    _replace(shelf, kept)

    def marks(self) -> dict[str, float]:
        """Read every mark, and until when it has to be remembered, but damaged ends."""
        lines = (line for shelf in self._shelves for line in _lines(shelf))
        return {_mark(line): _end(line) for line in lines if _end(line) < math.inf}

    def _shelf(self, mark: str) -> Path:
        return self._shelves[crc32(mark.encode()) % SHELVES]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = os.open(self._folder / "spent.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def opens_since(vault: Vault) -> datetime:
    """Say since when what was sealed may still open: a wrong clock forgets no mark."""
    return datetime.fromtimestamp(vault.day() * DAY_SECONDS, UTC)


def _replace(shelf: Path, lines: Sequence[str]) -> None:
    fresh = shelf.with_name(f"{shelf.name}.{token_hex(8)}")
    write_new(fresh, "".join(lines).encode("ascii", "replace"))
    fresh.replace(shelf)
    write_down_names(shelf.parent)


def _lines(shelf: Path) -> list[str]:
    try:
        return _whole(shelf.read_text("ascii", "replace"))
    except FileNotFoundError:
        return []


def _kept(lines: Sequence[str], now: datetime) -> list[str]:
    return [line for line in lines if _end(line) > now.timestamp()]


def _mark(line: str) -> str:
    return line.split(maxsplit=1)[0]


def _is_later(line: str, ends: Mapping[str, float]) -> bool:
    """Tell whether a line of another machine's says more than is known here."""
    return _mark(line) not in ends or math.inf > _end(line) > ends[_mark(line)]


def _end(line: str) -> float:
    end = line.split()[1]
    return float(end) if len(end) == END_DIGITS and end.isdecimal() else math.inf


def _whole(text: str) -> list[str]:
    lines = text.splitlines(keepends=True)
    return [line for line in lines if line.endswith("\n") and len(line.split()) == WORDS]
