"""Which languages the pages can be shown in: English, and every folder of translations."""

from collections.abc import Sequence
from pathlib import Path

ENGLISH = "en"
"""Stands in the pages and forms themselves, so it has no folder."""

_FOLDERS = Path(__file__).resolve().parent.parent / "web" / "translations"
_CATALOGUE = Path("LC_MESSAGES") / "messages.po"


def catalogue(language: str) -> Path:
    """Say where the words of a language stand."""
    return _FOLDERS / language / _CATALOGUE


def shipped() -> tuple[str, ...]:
    """List the languages there are words for."""
    found = _FOLDERS.glob(f"*/{_CATALOGUE}")
    return (ENGLISH, *sorted(path.relative_to(_FOLDERS).parts[0] for path in found))


def fault(chosen: Sequence[str]) -> str:
    """Say what is wrong with the languages that were chosen, and what is allowed."""
    allowed = ", ".join(shipped())
    for language in chosen:
        if language not in shipped():
            return f"'{language}' has no translation here; allowed: {allowed}"
    if len(set(chosen)) < len(chosen):
        return f"each language is named once; allowed: {allowed}"
    return ""
