"""Every key of a rules file with what may stand there: what a form asks for, key by key."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache

from msgspec import inspect

from matcher.settings.rules_file import RulesFile
from matcher.settings.rules_limits import LENGTHS
from matcher.settings.toml_file import Duration

STEPS = "relax"
_STEP = (timedelta(minutes=1), timedelta(days=365))


class Kind(StrEnum):
    """What stands at a key."""

    NUMBER = "number"
    COUNT = "count"
    CHOICE = "choice"
    SOME = "some"
    LENGTH = "length"
    BANDS = "bands"
    FACTORS = "factors"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key: `least` and `most` bound its numbers, `shortest` and `longest` its length."""

    path: tuple[str, ...]
    kind: Kind
    least: float = 0
    most: float = 0
    shortest: timedelta = timedelta(0)
    longest: timedelta = timedelta(0)
    choices: tuple[str, ...] = ()
    may_be_empty: bool = False

    @property
    def name(self) -> str:
        """Name it as messages do."""
        return ".".join(self.path)


@cache
def keys() -> tuple[Key, ...]:
    """List every key in the order of the file; those of `relax` are of each of its steps."""
    return tuple(_all(inspect.type_info(RulesFile), ()))


def _all(info: inspect.Type, above: tuple[str, ...]) -> Iterator[Key]:
    match info:
        case inspect.StructType():
            for field in info.fields:
                yield from _all(field.type, (*above, field.encode_name))
        case inspect.VarTupleType(item_type=inspect.StructType()):
            yield from _all(info.item_type, above)
        case _:
            yield _key(info, above)


def _key(info: inspect.Type, path: tuple[str, ...]) -> Key:
    match info:
        case inspect.UnionType():
            return _optional(info, path)
        case inspect.IntType(ge=int(least), le=int(most)):
            return Key(path=path, kind=Kind.COUNT, least=least, most=most)
        case inspect.FloatType(ge=int() | float() as least, le=int() | float() as most):
            return Key(path=path, kind=Kind.NUMBER, least=least, most=most)
        case inspect.CustomType() if info.cls is Duration:
            shortest, longest, *_ = LENGTHS.get((path[0], path[-1]), _STEP)
            return Key(path=path, kind=Kind.LENGTH, shortest=shortest, longest=longest)
        case _:
            return _chosen(info, path)


def _chosen(info: inspect.Type, path: tuple[str, ...]) -> Key:
    match info:
        case inspect.EnumType():
            return Key(path=path, kind=Kind.CHOICE, choices=_values(info))
        case inspect.FrozenSetType(item_type=inspect.EnumType() as item):
            return Key(path=path, kind=Kind.SOME, choices=_values(item), may_be_empty=True)
        case _:
            return _many(info, path)


def _many(info: inspect.Type, path: tuple[str, ...]) -> Key:
    match info:
        case inspect.FrozenSetType(item_type=inspect.StrType()):
            return Key(path=path, kind=Kind.NEEDS)
        case inspect.DictType(key_type=inspect.EnumType() as bands):
            return Key(path=path, kind=Kind.BANDS, choices=_values(bands))
        case inspect.DictType(value_type=inspect.FloatType() as one):
            least, most = one.ge or 0, one.le or 0
            return Key(path=path, kind=Kind.FACTORS, least=least, most=most)
        case _:
            msg = f"no form knows how to ask for {'.'.join(path)}"
            raise TypeError(msg)


def _optional(info: inspect.UnionType, path: tuple[str, ...]) -> Key:
    (given,) = (one for one in info.types if not isinstance(one, inspect.NoneType))
    found = _key(given, path)
    return Key(
        path=path, kind=found.kind, least=found.least, most=found.most, may_be_empty=True
    )


def _values(info: inspect.EnumType) -> tuple[str, ...]:
    return tuple(str(member.value) for member in info.cls)
