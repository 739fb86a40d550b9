"""Writes values into the text of a rules file; comments and the order of its lines stay."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from matcher.domain.errors import SettingsError
from matcher.settings.rules_schema import STEPS

Values = Mapping[str, Any]

_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_GAPS = re.compile(r"\n{3,}")
_BEFORE_STEPS = "floor"


def with_values(text: str, wanted: Values, *, model: str) -> str:
    """Make a text say what `wanted` says, a whole file as it is parsed.

    What it says already stays as it is written. A text that is written in another manner than
    ours (a table in one line, keys with points) is given up for `model`, a whole file, in which
    the values are then written: only its own comments are lost.

    Raises
    ------
    SettingsError
        If neither can be made to say so.
    """
    for base in (text, model):
        made = _edited(base, wanted)
        with suppress(tomllib.TOMLDecodeError):
            if _plain(tomllib.loads(made)) == _plain(wanted):
                return made
    raise SettingsError("these values cannot be written into this text")


def _edited(text: str, wanted: Values) -> str:
    lines, says = text.rstrip("\n").split("\n"), tomllib.loads(text)
    for name, table in wanted.items():
        if name != STEPS:
            _write(lines, name, table, _table(says, name))
    steps = wanted.get(STEPS, [])
    if _plain(says.get(STEPS, [])) != _plain(steps):
        _write_steps(lines, steps)
        return _GAPS.sub("\n\n", "\n".join(lines)) + "\n"
    return "\n".join(lines) + "\n"


def _write(lines: list[str], name: str, wanted: Values, says: Values) -> None:
    """Write one table and those in it."""
    for key, value in wanted.items():
        if isinstance(value, Mapping):
            _write_inner(lines, f"{name}.{key}", value, _table(says, key))
        elif key not in says or _plain(says[key]) != _plain(value):
            _set(lines, name, key, value)


def _write_inner(lines: list[str], name: str, wanted: Values, says: Values) -> None:
    """Write a table whose keys come and go."""
    for key in says.keys() - wanted.keys():
        entry = _entry(lines, name, key)
        del lines[entry.start : entry.stop]
    _write(lines, name, wanted, says)


def _set(lines: list[str], name: str, key: str, value: object) -> None:
    entry = _entry(lines, name, key)
    if not entry:
        at = _end(lines, name)
        lines.insert(at, f"{_name(key)} = {_value(value)}")
        return
    before, after = _around(lines[entry.start : entry.stop])
    lines[entry.start : entry.stop] = [f"{before} {_value(value)}{after}"]


def _write_steps(lines: list[str], steps: Sequence[Values]) -> None:
    """Write all steps where the first of them stood, or else behind the floor."""
    old = [_filled(lines, part) for part in _sections(lines, STEPS)]
    at = old[0].start if old else None
    for part in reversed(old):
        del lines[part.start : part.stop]
    written = [
        ["", f"[[{STEPS}]]", *(f"{key} = {_value(value)}" for key, value in step.items())]
        for step in steps
    ]
    place = _end(lines, _BEFORE_STEPS) if at is None else at
    lines[place:place] = [*chain.from_iterable(written)][bool(old) :]


def _sections(lines: Sequence[str], name: str) -> list[range]:
    """Find the lines of every table of this name, its header first."""
    headers = [
        (at, found[1]) for at, line in enumerate(lines) if (found := _HEADER.match(line))
    ]
    ends = [*(at for at, _ in headers[1:]), len(lines)]
    return [range(at, end) for (at, of), end in zip(headers, ends, strict=True) if of == name]


def _filled(lines: Sequence[str], part: range) -> range:
    """Leave out what stands below the last entry: it introduces what follows."""
    end = part.stop
    while end > part.start + 1 and _says_nothing(lines[end - 1]):
        end -= 1
    return range(part.start, end)


def _says_nothing(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _entry(lines: Sequence[str], name: str, key: str) -> range:
    """Find the lines of one entry, none where it is not there."""
    begins = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
    for part in _sections(lines, name):
        for at in part:
            if begins.match(lines[at]):
                return range(at, _whole(lines, at, part.stop))
    return range(0)


def _whole(lines: Sequence[str], at: int, stop: int) -> int:
    """Tell where an entry that begins at this line ends."""
    for end in range(at + 1, stop + 1):
        with suppress(tomllib.TOMLDecodeError):
            tomllib.loads("\n".join(lines[at:end]))
            return end
    return at + 1


def _end(lines: list[str], name: str) -> int:
    """Tell where one more entry of a table is written; the table is begun where it is not."""
    found = _sections(lines, name)
    if found:
        return _filled(lines, found[0]).stop
    above = _sections(lines, name.partition(".")[0])
    at = _filled(lines, above[0]).stop if above else len(lines)
    lines[at:at] = ["", f"[{name}]"]
    return at + 2


def _around(entry: Sequence[str]) -> tuple[str, str]:
    """Take what stands before and behind the value of an entry; a comment only of one line."""
    head, _, _ = entry[0].partition("=")
    for at, sign in enumerate(entry[0]) if len(entry) == 1 else ():
        if sign == "#":
            with suppress(tomllib.TOMLDecodeError):
                tomllib.loads(entry[0][:at])
                return f"{head}=", entry[0][len(entry[0][:at].rstrip()) :]
    return f"{head}=", ""


def _name(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key)


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _table(values: Values, name: str) -> Values:
    found = values.get(name, {})
    return found if isinstance(found, Mapping) else {}


def _plain(value: object) -> object:
    """Take away what makes no difference: the order of lists of names, and what is empty."""
    match value:
        case Mapping():
            return {key: _plain(one) for key, one in value.items() if one not in ([], {})}
        case [str(), *_]:
            return sorted(map(str, value))
        case list():
            return [_plain(one) for one in value]
        case _:
            return value
