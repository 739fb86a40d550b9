"""Writes entries as services.toml has them, to be taken elsewhere."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import structs

from matcher.settings.services_shape import PartnerEntry, ServiceEntry

_REQUIRED = ("id", "name", "text", "languages", "ages", "reach", "hours", "cost")


def written(services: Iterable[ServiceEntry], partners: Iterable[PartnerEntry] = ()) -> str:
    """Write a whole file; what says no more than the default is left out."""
    tables = [*(_table("service", one) for one in services)]
    tables += [_table("partner", one) for one in partners]
    return "\n".join(tables)


def _table(name: str, entry: ServiceEntry | PartnerEntry) -> str:
    fields = structs.fields(type(entry))
    lines = [f"[[{name}]]"]
    for field in fields:
        value = getattr(entry, field.name)
        if field.name in _REQUIRED or value != field.default:
            lines.append(f"{field.name} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    match value:
        case bool() | date():
            return str(value).lower()
        case str():
            return _quoted(value)
        case frozenset():
            return _list(sorted(str(one) for one in value))
        case tuple():
            return _list(str(one) for one in value)
        case Mapping():
            return _inline(value)
        case _:  # a table in a table
            return _inline({k: v for k, v in structs.asdict(value).items() if v})  # type: ignore[arg-type]  # nothing else stands there


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _inline(values: Mapping[str, object]) -> str:
    pairs = (f"{_key(str(key))} = {_value(value)}" for key, value in values.items())
    return f"{{ {', '.join(pairs)} }}" if values else "{}"


def _key(name: str) -> str:
    return name if name.isascii() and name.isidentifier() else _quoted(name)


def _quoted(text: str) -> str:
    """Quote a text; JSON's escapes are TOML's, but for one character that has to be escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
