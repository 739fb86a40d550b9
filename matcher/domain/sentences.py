"""Sentences that can be told in any language: their English is what translators look up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import TypeAlias

Value: TypeAlias = "str | Sentence | tuple[Sentence, ...]"

ENGLISH = NullTranslations()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Words with places for values, `%(like)s` this; `many` for other counts than one."""

    one: str
    many: str = ""
    count: int = 1
    values: Mapping[str, Value] = field(default_factory=dict)

    def told(self, words: NullTranslations = ENGLISH) -> str:
        """Tell it in the language of `words`, values and all."""
        chosen = (
            words.ngettext(self.one, self.many, self.count)
            if self.many
            else words.gettext(self.one)
        )
        return chosen % {name: _told(value, words) for name, value in self.values.items()}


def said(words: str, /, **values: Value) -> Sentence:
    """Say something."""
    return Sentence(one=words, values=values)


def counted(one: str, many: str, count: int, /, **values: Value) -> Sentence:
    """Say something of a number of things, told as `%(count)s`."""
    return Sentence(one=one, many=many, count=count, values={"count": str(count), **values})


def _told(value: Value, words: NullTranslations) -> str:
    match value:
        case Sentence():
            return value.told(words)
        case tuple():
            return words.gettext(", ").join(one.told(words) for one in value)
        case _:
            return value
