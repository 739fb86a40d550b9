"""Codes in words: the same secret as 14 everyday words of one language.

Each word stands for two characters of the code, so that the last one is the check. A list has a
word for every pair of characters, and no two words with the same first four letters: these are
enough, however a word ends. The check finds every single slip and every swap, but for the first
three words of a list in the place of its last three.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from matcher.domain import codes
from matcher.domain.codes import ALPHABET, Code
from matcher.domain.errors import (
    MistypedCodeError,
    UnknownWordError,
    WordsMissingError,
    WordsMixedUpError,
)

CHARACTERS = 2
"""So many characters of a code a word stands for."""

WORDS = (codes.LETTERS + codes.CHECK_LETTERS) // CHARACTERS
LIST = len(ALPHABET) ** CHARACTERS
TELLING = 4
"""So many letters tell a word from all others."""

_AT_LEAST = 3
"""So many words of so many letters are meant as words, and are no code that was mistyped."""

_RUN = re.compile(r"[^\W_]+")
_WRITTEN_ALIKE = str.maketrans(
    {
        "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER HAMZA}": "",
        "\N{ARABIC TATWEEL}": "",
        # as keyboards of Persian and of other languages write them
        "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
        "\N{ARABIC LETTER HEH GOAL}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC LETTER AE}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """The words of one language, in their order, and the place of each by its first letters."""

    words: tuple[str, ...]
    places: Mapping[str, int]

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """Index a list."""
        return cls(words=tuple(words), places={key(word): at for at, word in enumerate(words)})

    def spelled(self, code: Code) -> tuple[str, ...]:
        """Write a code in words."""
        starts = range(0, len(code), CHARACTERS)
        pairs = (code[at : at + CHARACTERS] for at in starts)
        return tuple(self.words[_number(pair)] for pair in pairs)


def parse(typed: str, lists: Iterable[WordList]) -> Code:
    """Read a code that was typed in letters and digits, or in the words of any of the lists.

    Raises
    ------
    UnknownWordError
        If a word is in no list, or not in the one of most others.
    WordsMissingError
        If there are too few words, or too many.
    WordsMixedUpError
        If the check does not fit.
    LettersMissingError
        If there are too few letters and digits, or too many.
    MistypedCodeError
        If letters and digits are no code for another reason.
    """
    try:
        return codes.parse(typed)
    except MistypedCodeError:
        if not is_in_words(typed):
            raise
    return _read(typed, lists)


def is_in_words(typed: str) -> bool:
    """Tell words, numbered or not, from letters and digits: no word has a digit in it."""
    runs = [run for run in _runs(typed) if not run.isdecimal()]
    are_whole = all(run.isalpha() for run in runs)
    return are_whole and sum(len(run) >= _AT_LEAST for run in runs) >= _AT_LEAST


def key(word: str) -> str:
    """Keep of a word what tells it from all others, however it is written."""
    return plain(word)[:TELLING]


def plain(word: str) -> str:
    """Drop what makes no difference in a word."""
    return "".join(_runs(word))


def _read(typed: str, lists: Iterable[WordList]) -> Code:
    said = [run[:TELLING] for run in _runs(typed) if not run.isdecimal()]
    read = ([one.places.get(word, -1) for word in said] for one in lists)
    places = max(read, key=lambda found: len(found) - found.count(-1))
    if -1 in places:
        raise UnknownWordError(places.index(-1) + 1)
    if len(places) != WORDS:
        raise WordsMissingError(len(places))
    try:
        return codes.parse("".join(_pair(place) for place in places))
    except MistypedCodeError:
        raise WordsMixedUpError from None


def _runs(typed: str) -> list[str]:
    """Split at all but letters and digits; drop what makes no difference within a word.

    Marks, hamzas, joiners and capitals make none, nor does an end that is written in two ways.
    """
    characters = unicodedata.normalize("NFKD", typed).lower()
    said = "".join(one for one in characters if not _is_dropped(one))
    return _RUN.findall(said.translate(_WRITTEN_ALIKE))


def _is_dropped(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "M" or category == "Cf"


def _number(pair: str) -> int:
    return ALPHABET.index(pair[0]) * len(ALPHABET) + ALPHABET.index(pair[1])


def _pair(place: int) -> str:
    first, second = divmod(place, len(ALPHABET))
    return ALPHABET[first] + ALPHABET[second]
