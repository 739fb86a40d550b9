"""Codes: what a person holds; 130 bits in letters that can be read aloud, with a check."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NewType, Self

from matcher.domain.errors import LettersMissingError, MistypedCodeError

Code = NewType("Code", str)

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LETTERS = 26
CHECK_LETTERS = 2
GROUP = 4
BITS = 130

KEY_BYTES = 32

_HEX = re.compile(f"[0-9a-f]{{{2 * KEY_BYTES}}}")
_LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v"})
_CHECK_MODULUS = 1021  # the largest prime below 32**2: finds every swap and every single slip


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeKeys:
    """What derives from a code: where its record is looked up, and what opens that record.

    A browser with JavaScript makes these itself and sends nothing else of a code.
    """

    lookup: bytes
    seal: bytes

    @classmethod
    def from_hex(cls, *, lookup: str, seal: str) -> Self:
        """Read what a browser derived.

        Raises
        ------
        MistypedCodeError
            If it is not what our script makes of any code.
        """
        if not (_HEX.fullmatch(lookup) and _HEX.fullmatch(seal)):
            raise MistypedCodeError
        return cls(lookup=bytes.fromhex(lookup), seal=bytes.fromhex(seal))


def from_bits(bits: int) -> Code:
    """Write 130 bits as a code with its two check characters."""
    letters = _letters(bits % (1 << BITS), LETTERS)
    return Code(letters + _check(letters))


def parse(typed: str) -> Code:
    """Read what somebody typed or pasted: spaces, dashes, capitals, any digits, look-alikes.

    A mistyped code is answered in words of its own, and sooner than an unknown one. Neither
    tells anything: the check is arithmetic on what was typed, which anybody can do at home.

    Raises
    ------
    LettersMissingError
        If there are too few letters and digits, or too many.
    MistypedCodeError
        If there are none, or a character or the check is wrong.
    """
    letters = plain(typed)
    if letters and len(letters) != LETTERS + CHECK_LETTERS:
        raise LettersMissingError(len(letters))
    is_known = letters and set(letters) <= set(ALPHABET)
    if not is_known or _check(letters[:LETTERS]) != letters[LETTERS:]:
        raise MistypedCodeError
    return Code(letters)


def plain(typed: str) -> str:
    """Drop what makes no difference in a code or a part of one."""
    characters = unicodedata.normalize("NFKC", typed).lower()
    said = (_western(character) for character in characters if not _separates(character))
    return "".join(said).translate(_LOOK_ALIKES)


def groups(code: Code) -> tuple[str, ...]:
    """Split a code into groups of four, as it is shown."""
    return tuple(code[at : at + GROUP].upper() for at in range(0, len(code), GROUP))


def _separates(character: str) -> bool:
    """Tell spaces, any dash or point, and invisible marks from what is part of a code."""
    return unicodedata.category(character)[0] in "ZPC"


def _western(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _letters(number: int, length: int) -> str:
    found = []
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        found.append(ALPHABET[digit])
    return "".join(reversed(found))


def _check(letters: str) -> str:
    number = 0
    for letter in letters:
        number = (number * len(ALPHABET) + ALPHABET.index(letter)) % _CHECK_MODULUS
    return _letters(number, CHECK_LETTERS)
