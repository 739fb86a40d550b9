"""Says in plain words what msgspec found wrong in a settings file."""

import re
from collections.abc import Mapping, Sequence

from msgspec import inspect

_MISSING = re.compile(r"missing required field `([^`]+)`")
_OFF_LIST = re.compile(r"^Invalid enum value '(.*)'$", re.DOTALL)
_OUT_OF_RANGE = re.compile(r"^Expected `(?:int|float)` [<>]=? \S+$")
_MISFIT = re.compile(r"^Expected `([^`]+)`, got `([^`]+)`$")
_KINDS: Mapping[str, str] = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "a text in quotes",
    "array": "a list in [ ]",
    "object": "a table",
    "date": "a date",
    "datetime": "a date with a time",
    "time": "a time of day",
}
_NO_DATE = re.compile(r"^Invalid RFC3339 encoded date$")
_FRACTION = "a number with a point"


def plain(reason: str, info: inspect.Type) -> str:
    """Say a reason of msgspec plainly, with what is allowed in place of it."""
    if missing := _MISSING.search(reason):
        return f"the key '{missing[1]}' is missing"
    if misfit := _MISFIT.search(reason):
        reason = _misfit(misfit[1].split(" | "), misfit[2])
    reason = _OFF_LIST.sub(r"'\1' is not known here", reason)
    reason = _NO_DATE.sub("this has to be a date, such as 2026-11-26", reason)
    reason = _OUT_OF_RANGE.sub("this number is out of range", reason)
    allowed = _allowed(info)
    return f"{reason}; allowed: {allowed}" if allowed else reason


def legible(text: str) -> str:
    """Write out what a terminal would obey instead of showing it."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in text
    )


def twice(found: re.Match[str]) -> str:
    """Say that a table, told as tomllib tells it, stands twice."""
    name = ".".join(part.strip("'\"") for part in found[1].split(", "))
    return f"[{name}] stands here twice (only what may be several is written [[{name}]])"


def _misfit(expected: Sequence[str], found: str) -> str:
    wanted = " or ".join(_KINDS.get(kind, kind) for kind in expected if kind != "null")
    is_fraction = found == "float" and "int" in expected
    return (
        f"this has to be {wanted}, not {_FRACTION if is_fraction else _KINDS.get(found, found)}"
    )


def type_at(info: inspect.Type, path: Sequence[str | int]) -> inspect.Type:
    """Find what may stand at `path`."""
    for step in path:
        match info:
            case inspect.StructType():
                info = next((f.type for f in info.fields if f.encode_name == step), info)
            case inspect.VarTupleType():
                info = info.item_type
            case inspect.DictType():
                info = info.value_type
            case _:
                return info
    return info


def keys(info: inspect.Type) -> list[str]:
    """Name every key of a table."""
    fields = info.fields if isinstance(info, inspect.StructType) else ()
    return [field.encode_name for field in fields]


def _allowed(info: inspect.Type) -> str:
    match info:
        case inspect.EnumType():
            return ", ".join(str(member.value) for member in info.cls)
        case inspect.IntType(ge=int(least), le=int(most)):
            return f"{least} to {most}"
        case inspect.FloatType(ge=int() | float() as low, le=int() | float() as high):
            return f"{low:g} to {high:g}"
        case inspect.FrozenSetType() | inspect.ListType() | inspect.VarTupleType():
            return _allowed(info.item_type)
        case inspect.UnionType():
            return next(filter(None, map(_allowed, info.types)), "")
        case _:
            return ""
