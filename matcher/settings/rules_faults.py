"""All that is wrong with a rules file, each with its line: what a form shows by its fields."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from matcher.domain.needs import Needs
from matcher.settings.rules_file import rules_from
from matcher.settings.toml_file import TomlError, TomlFile, parsed

_TOGETHER = frozenset({"floor", "relax"})
"""Tables of which one bounds the other: among those of another file they would look wrong."""


def faults(text: str, name: str, *, good: TomlFile, needs: Needs) -> tuple[TomlError, ...]:
    """Find the first fault of each table, in the order of the file.

    A table is looked at among those of `good`, a file without faults, so that what is wrong
    with one hides nothing of another.
    """
    try:
        file = parsed(text, Path(name))
    except TomlError as error:
        return (error,)
    found = {(error.line, error.key): error for error in _all(file, good.values, needs)}
    return tuple(sorted(found.values(), key=lambda error: error.line))


def _all(file: TomlFile, good: Mapping[str, Any], needs: Needs) -> Iterator[TomlError]:
    yield from _first(file, needs)
    for name in file.values:
        own = _TOGETHER if name in _TOGETHER else {name}
        others = {key: table for key, table in good.items() if key not in own}
        looked_at = {key: table for key, table in file.values.items() if key in own}
        yield from _first(replace(file, values={**others, **looked_at}), needs)


def _first(file: TomlFile, needs: Needs) -> Iterator[TomlError]:
    try:
        rules_from(file, needs)
    except TomlError as error:
        yield error
