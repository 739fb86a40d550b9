"""Reads a table of people for `sanad evaluate`, and says exactly where it is wrong."""

import csv
import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from matcher.domain.errors import MatcherError
from matcher.engine.trials import Survey

NEED, ABOUT = "need:", "about:"
FEWEST_COLUMNS = 3
MOST_GROUPS = 12
OTHER = "(other)"


class TableError(MatcherError):
    """The table of people is wrong; the message says in which line and column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a cell stands, as a spreadsheet or an editor counts."""

    path: Path
    line: int
    column: str

    def wrong(self, what: str) -> TableError:
        return TableError(f"{self.path}, line {self.line}, column '{self.column}': {what}")


def read_people(path: Path) -> Survey:
    """Read a table of people.

    Raises
    ------
    TableError
        If the file cannot be read, or a column or an entry is not as the format says.
    """
    try:
        with _opened(path) as file:
            return _survey(path, file)
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or "not a complete gzip file"
        raise TableError(f"{path}: {reason}") from None
    except UnicodeDecodeError:
        raise TableError(f"{path}: not UTF-8") from None


def grouped(told: Sequence[str]) -> tuple[str, ...]:
    """Keep the most frequent words; all others become one group."""
    words, counts = np.unique(np.array(told, dtype=np.str_), return_counts=True)
    kept = set(words[np.argsort(-counts, kind="stable")][:MOST_GROUPS].tolist())
    return tuple(word if word in kept else OTHER for word in told)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
            yield file
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file


def _survey(path: Path, file: IO[str]) -> Survey:
    rows = csv.reader(file, strict=True)
    try:
        header: list[str] = next(rows, [])
        columns = _columns(path, header)
        people: list[list[str]] = []
        answers: list[list[float]] = []
        for row in rows:
            if row:
                place = _Place(path=path, line=rows.line_num, column=header[-1])
                if len(row) != len(header):
                    raise place.wrong(f"the line has {len(row)} entries, not {len(header)}")
                answers.append(_answers(path, rows.line_num, row, columns))
                people.append(row)
    except csv.Error as error:
        raise TableError(f"{path}, line {rows.line_num}: {error}") from None
    if not people:
        raise TableError(f"{path}, line 2: there are no people in it")
    found = np.array(answers, dtype=np.float64)
    return Survey(
        needs=tuple(name.removeprefix(NEED) for name in columns),
        answers=np.nan_to_num(found),
        known=~np.isnan(found),
        about={
            name.removeprefix(ABOUT): grouped([row[at] for row in people])
            for at, name in enumerate(header)
            if name.startswith(ABOUT)
        },
    )


def _columns(path: Path, header: Sequence[str]) -> dict[str, int]:
    seen: set[str] = set()
    for name in header:
        place = _Place(path=path, line=1, column=name)
        if not name.startswith((NEED, ABOUT)):
            raise place.wrong("names begin with 'need:' or 'about:'")
        family, slash, need = name.removeprefix(NEED).partition("/")
        if name.startswith(NEED) and not (family and slash and need):
            raise place.wrong("a need is named 'need:<family>/<name>'")
        if name in seen:
            raise place.wrong("the name stands twice")
        seen.add(name)
    needs = {name: at for at, name in enumerate(header) if name.startswith(NEED)}
    if len(needs) < FEWEST_COLUMNS:
        raise TableError(f"{path}, line 1: {len(needs)} columns of needs; it takes 3 or more")
    return needs


def _answers(path: Path, line: int, row: Sequence[str], columns: dict[str, int]) -> list[float]:
    found = []
    for name, at in columns.items():
        try:
            value = float(row[at]) if row[at].strip() else float("nan")
            is_fine = not row[at].strip() or 0 <= value <= 1
        except ValueError:
            is_fine, value = False, 0.0
        if not is_fine:
            place = _Place(path=path, line=line, column=name)
            raise place.wrong(f"{row[at]!r:.40} is not a number from 0 to 1")
        found.append(value)
    return found
