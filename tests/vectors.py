"""Codes that Python and the browser have to read and turn into keys alike: codes.json."""

import json
from pathlib import Path
from typing import TypedDict


class Known(TypedDict):
    """A code, the bits it is made of (hex), what derives from it (hex), its words."""

    bits: str
    code: str
    lookup: str
    seal: str
    en: str
    ar: str


class Spelled(TypedDict):
    """A way to type a code."""

    typed: str
    code: str


class Misworded(TypedDict):
    """Words that are no code: what is wrong, and the number that is told (or 0)."""

    typed: str
    slip: str
    number: int


class Vectors(TypedDict):
    """The whole table."""

    codes: list[Known]
    spellings: list[Spelled]
    mistyped: list[str]
    worded: list[Spelled]
    misworded: list[Misworded]


def read() -> Vectors:
    """Read the table."""
    found: Vectors = json.loads(Path(__file__).with_name("codes.json").read_text("utf-8"))
    return found
