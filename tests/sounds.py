"""How a word sounds, roughly: two words that sound alike have one key."""

import re

from matcher.domain import code_words

_ENGLISH = (
    (r"^kn|^gn", "n"),
    (r"^wr", "r"),
    (r"wh", "w"),
    (r"ph", "f"),
    (r"[ae]?igh", "i"),
    (r"tch", "ch"),
    (r"c(?=[eiy])", "s"),
    (r"c(?!h)|ck|qu?", "k"),
    (r"x", "ks"),
    (r"z", "s"),
    (r"mb$", "m"),
    (r"(?<=[^aeiou])e$", ""),
    (r"[aeiou][aeiouyw]*", lambda vowels: _vowel(vowels[0])),
    (r"y", "i"),
    (r"(.)\1+", r"\1"),
)
_ARABIC = str.maketrans("ثصذظضطحقع", "سسززدتهكا")
"""Letters that many speakers say alike, or that many hear alike."""


def of(language: str, word: str) -> str:
    """Write a word of a list as it sounds."""
    return english(word) if language == "en" else arabic(word)


def english(word: str) -> str:
    """Write an English word as it sounds."""
    for spelling, sound in _ENGLISH:
        word = re.sub(spelling, sound, word)
    return word


def arabic(word: str) -> str:
    """Write an Arabic word as it sounds, where few are told apart."""
    return code_words.plain(word).translate(_ARABIC)


def _vowel(letters: str) -> str:
    """Tell long vowels from short ones, and take spellings that are said alike for one."""
    for sound, spelled in {"E": "ai ay ea ee ei ey ie", "O": "oa oe ow ou oo"}.items():
        if letters[:2] in spelled.split():
            return sound
    return "o" if letters[0] == "u" else letters[0]
