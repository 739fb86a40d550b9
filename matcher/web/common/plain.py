"""Typed text without characters that nobody sees or that turn other text around."""

import unicodedata

_KEPT = "\n\t"
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs without ink


def plain(typed: str) -> str:
    """Drop control characters but line breaks and tabs, and what overrides the direction.

    Joiners and marks stay: Arabic, Persian and many signs need them.
    """
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in lines if not _is_dropped(character))


def is_visible(typed: str) -> bool:
    """Tell whether there is anything to be seen in what was typed."""
    return any(
        unicodedata.category(character)[0] in "LNPS" and character not in _BLANK_LETTERS
        for character in typed
    )


def _is_dropped(character: str) -> bool:
    is_control = unicodedata.category(character) in {"Cc", "Cs"} and character not in _KEPT
    return is_control or character in _TURNING
