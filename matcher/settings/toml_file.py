"""Reads TOML into typed values; an error names file, line, key and what is allowed."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec
from msgspec import inspect

from matcher.domain.errors import SettingsError
from matcher.settings import wording

T = TypeVar("T")

MOST_NAMED = 12

_UNITS = {
    "s": timedelta(seconds=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "weeks": timedelta(weeks=1),
}
_DURATION = re.compile(r"(\d+(?:\.\d+)?) ?(s|min|h|d|weeks)")
_PATH = re.compile(r" - at (?:`(key)` in )?`(\$[^`]*)`$")
_STEP = re.compile(r"\.?([A-Za-z0-9_/-]+)|\[(\d+)\]|(\[\.\.\.\])")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_TWICE = re.compile(r"^Cannot declare \((.*?),?\) twice$")
_PARSE_LINE = re.compile(r"\(at line (\d+)")


class Duration(timedelta):
    """A length of time, written as a number and a unit: "10 min", "14 d"."""

    @classmethod
    def parse(cls, written: object) -> Self:
        """Read "10 min", "24 h" and the like; ValueError names the units."""
        found = _DURATION.fullmatch(written) if isinstance(written, str) else None
        if found is None:
            msg = f"expected a time such as '10 min' (units: {', '.join(_UNITS)})"
            raise ValueError(msg)
        try:
            return cls(seconds=float(found[1]) * _UNITS[found[2]].total_seconds())
        except OverflowError:
            msg = "this time is longer than any that can be meant"
            raise ValueError(msg) from None


class TomlError(SettingsError):
    """Something in a file is wrong; also told apart, for who shows it beside that line."""

    def __init__(self, name: str, line: int, reason: str, *, key: str | None = None) -> None:
        self.line, self.key, self.reason = line, key or "", wording.legible(reason)
        where = "" if key is None else f", {key or 'top level'}"
        super().__init__(wording.legible(f"{name}, line {line}{where}: {reason}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """A parsed file that still knows its text, so that errors can point into it."""

    path: Path
    text: str
    values: dict[str, Any]

    def convert(self, kind: type[T]) -> T:
        """Turn the whole file into `kind`.

        Raises
        ------
        SettingsError
            If a key is unknown, missing, or holds what is not allowed.
        """
        try:
            return msgspec.convert(self.values, kind, dec_hook=_decode)
        except msgspec.ValidationError as error:
            raise self._explained(str(error), kind) from None

    def error(self, path: Sequence[str | int], reason: str) -> TomlError:
        """Build the error for what stands at `path`, with its line."""
        key = ".".join(str(step) for step in path if isinstance(step, str))
        return TomlError(self.path.name, self.line(path), reason, key=key)

    def line(self, path: Sequence[str | int]) -> int:
        """Tell on which line `path` stands, or the table it belongs to."""
        return _line_of(self.text, path)

    def _explained(self, message: str, kind: Any) -> TomlError:  # noqa: ANN401 - any type msgspec knows
        at = _PATH.search(message)
        steps = _steps(at[2] + ("[...]" if at[1] else "")) if at else []
        path = self._named(steps, kind)
        reason = message[: at.start()] if at else message
        info = wording.type_at(inspect.type_info(kind), path[:-1] if at and at[1] else path)
        if at and at[1] and isinstance(info, inspect.DictType):
            info = info.key_type
        if unknown := _UNKNOWN.search(message):
            path.append(unknown[1])
            known = wording.keys(info)
            return self.error(path, f"this key is not known; {nearest(unknown[1], known)}")
        if self._is_one_table(path, info):
            name = ".".join(str(step) for step in path)
            return self.error(path, f"write [[{name}]] with two brackets: there may be several")
        return self.error(path, wording.plain(reason, info))

    def _is_one_table(self, path: Sequence[str | int], info: inspect.Type) -> bool:
        """Tell whether there is one table, [like this], where there may be several."""
        if not isinstance(info, inspect.VarTupleType):
            return False
        return isinstance(info.item_type, inspect.StructType) and bool(_at(self.values, path))

    def _named(self, steps: Sequence[str | int | None], kind: Any) -> list[str | int]:  # noqa: ANN401 - as above
        """Fill in the keys that msgspec does not name: which is wrong when it stands alone."""
        path: list[str | int] = []
        for step in steps:
            found = step if step is not None else self._culprit(path, kind)
            path += [] if found is None else [found]
        return path

    def _culprit(self, path: Sequence[str | int], kind: Any) -> str | None:  # noqa: ANN401 - as above
        for key in _at(self.values, path):
            try:
                msgspec.convert(_with_only(self.values, path, key), kind, dec_hook=_decode)
            except msgspec.ValidationError:
                return key
        return None


def read(path: Path) -> TomlFile:
    """Read and parse `path`.

    Raises
    ------
    SettingsError
        If the file is not there, cannot be read, or is not TOML.
    """
    name = wording.legible(path.name)
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(f"{name}: this file is missing") from None
    except OSError as error:
        raise SettingsError(f"{name}: it cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{name}: this is no text file (in UTF-8)") from None
    return parsed(text, path)


def parsed(text: str, path: Path) -> TomlFile:
    """Parse a text that stands at `path`, or would.

    Raises
    ------
    SettingsError
        If it is not TOML.
    """
    return TomlFile(path=path, text=text, values=_parsed(text, wording.legible(path.name)))


def nearest(name: str, known: Sequence[str]) -> str:
    """Ask whether a known name was meant, or list what is known where it is little."""
    close = get_close_matches(name, known, n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"known here: {', '.join(known[:MOST_NAMED])}{', ...' * (len(known) > MOST_NAMED)}"


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PARSE_LINE.search(str(error))
        line = int(found[1]) if found else text.rstrip().count("\n") + 1
        reason = _TWICE.sub(wording.twice, str(error).partition(" (at")[0])
        raise TomlError(name, line, reason) from None
    except RecursionError:
        line = _first_line(text, RecursionError)
        raise TomlError(name, line, "too many brackets inside each other") from None
    except ValueError:
        line = _first_line(text, ValueError)
        raise TomlError(name, line, "this number has too many digits") from None


def _first_line(text: str, kind: type[Exception]) -> int:
    """Find the line from which on parsing fails so: the parser does not tell it."""
    lines = text.split("\n")

    def fails(count: int) -> bool:
        try:
            tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            return False
        except kind:
            return True
        return False

    return bisect_left(range(len(lines)), x=True, key=fails)


def _decode(kind: type, written: object) -> object:
    if kind is Duration:
        return Duration.parse(written)
    raise NotImplementedError  # msgspec's own protocol for "not mine"


def _steps(path: str) -> list[str | int | None]:
    """Take a path of msgspec apart; None where it does not name the key."""
    steps: list[str | int | None] = []
    for found in _STEP.finditer(path.removeprefix("$")):
        name, index, is_open = found[1], found[2], found[3]
        steps.append(name if name or is_open else int(index))
    return steps


def _at(values: Any, path: Sequence[str | int]) -> Mapping[str, Any]:  # noqa: ANN401 - parsed TOML
    for step in path:
        values = values[step]
    return values if isinstance(values, Mapping) else {}


def _with_only(values: Any, path: Sequence[str | int], key: str) -> Any:  # noqa: ANN401 - parsed TOML
    """Copy what was parsed, with nothing but `key` in the table at `path`."""
    if not path:
        return {key: values[key]}
    first, *rest = path
    changed = _with_only(values[first], rest, key)
    if isinstance(values, list):
        return [changed if at == first else value for at, value in enumerate(values)]
    return {**values, first: changed}


def _line_of(text: str, path: Sequence[str | int]) -> int:
    """Find the line of a key: walk down the headers and keys in the order of the file."""
    lines = text.splitlines()
    at = 0
    names: list[str] = []
    for step, following in zip(path, [*path, None][1:], strict=True):
        if isinstance(step, int):
            continue
        names.append(step)
        nth = following if isinstance(following, int) else 0
        at = _find(lines, names, start=at, nth=nth)
    return at + 1


def _find(lines: Sequence[str], names: Sequence[str], *, start: int, nth: int) -> int:
    header = re.compile(r"\s*\[\[?\s*" + re.escape(".".join(names)) + r"\s*\]\]?")
    key = re.compile(r"(?:\s*|.*[{,]\s*)[\"']?" + re.escape(names[-1]) + r"[\"']?\s*=")
    headers = [n for n, line in enumerate(lines) if n >= start and header.match(line)]
    if headers:
        return headers[min(nth, len(headers) - 1)]
    return next((n for n in range(start, len(lines)) if key.match(lines[n])), start)


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one parsed file over another, table by table."""
    result = dict(below)
    for key, value in above.items():
        under = result.get(key)
        both = isinstance(under, Mapping) and isinstance(value, Mapping)
        result[key] = merged(under, value) if both else value  # type: ignore[arg-type]  # `both` says so
    return result
