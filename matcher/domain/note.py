"""A note that a peer writes to a coordinator, and what becomes of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

NoteId = NewType("NoteId", str)

MAX_NOTE_CHARACTERS = 600
NOTES_A_DAY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SentNote:
    """A note as its writer finds it again: its words are gone, an answer may have come."""

    id: NoteId
    until: datetime
    answer: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNote:
    """A note as a coordinator reads it; `text` is None where their key does not open it."""

    id: NoteId
    until: datetime
    text: str | None = field(repr=False)
