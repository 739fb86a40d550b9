"""Notes to coordinators: sealed for them alone, under names that lead to nobody.

The names of a peer's notes, and the key of each answer, derive from a secret that only their
code or their open session leads to (`Visitor.own`). It stands nowhere in the store, so that
notes cannot be brought together with a handle, nor with each other: each has a name of its day.
All is sealed under the vault as well: what has ended, no key of coordinators opens any more.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct, msgpack

from matcher.domain.errors import VaultGoneError
from matcher.domain.note import MAX_NOTE_CHARACTERS, NOTES_A_DAY, NoteId, OpenNote, SentNote
from matcher.store.backing import Backing, at
from matcher.store.boxes import open_box, seal_for
from matcher.store.client import text, texts
from matcher.store.clock import rounded_down
from matcher.store.sealing import KEY_BYTES, derive, seal, unseal
from matcher.store.secrets import HANDLE_BYTES
from matcher.store.vault import day_of

_UTF8_BYTES = 4
_PACKING = 16
NOTE_SIZE = MAX_NOTE_CHARACTERS * _UTF8_BYTES + KEY_BYTES + _PACKING
GRAINS_A_LIFE = 7
"""Notes end on whole days (a seventh of what they live), which tell no hour of writing."""


class NoteRecord(Struct, frozen=True, array_like=True):
    """What a note holds: its words, and what seals the answer to them."""

    answer_key: bytes
    text: str


class Notes:
    """The notes of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._store = backing.store
        self._keys = backing.keys
        self._lives = backing.settings.lifetimes.note

    def write(self, own: bytes, words: str, public: bytes, *, now: datetime) -> bool:
        """Keep a note for whoever holds the private key; False when the day's are written."""
        for note in _names(own, day_of(now)):
            record = msgpack.encode(NoteRecord(_answer_key(own, note), words))
            box = seal_for(public, record, context=self._context(note), size=NOTE_SIZE)
            if self._step("note", note, box, now):
                return True
        return False

    def of(self, own: bytes, *, now: datetime) -> tuple[SentNote, ...]:
        """Find what one person has written, newest first, with the answers."""
        names = self._all_names(own, now)
        asked = [("HMGET", self._keys("note:", note), "until", "answer") for note in names]
        found = zip(names, self._store.commands(asked), strict=True)
        return tuple(
            SentNote(
                id=note,
                until=_moment(until),
                answer=None if answer is None else self._answer(own, note, answer),
            )
            for note, (until, answer) in found
            if until is not None
        )

    def forget(self, notes: Sequence[NoteId]) -> None:
        """Let notes go, with their answers."""
        keys = [self._keys("note:", note) for note in notes]
        if keys:
            gone = [("DEL", *keys), ("ZREM", self._keys("notes"), *notes)]
            self._store.commands(gone, at_once=True)

    def forget_all(self, own: bytes, *, now: datetime) -> None:
        """Let everything go that one person has written."""
        self.forget(self._all_names(own, now))

    def are_waiting(self, *, now: datetime) -> bool:
        """Say whether any note waits for an answer, without opening one."""
        return bool(self._unanswered(now))

    def waiting(self, private: bytes, *, now: datetime) -> tuple[OpenNote, ...]:
        """Open every note that nobody has answered, those that end first before the others."""
        names = self._unanswered(now)
        asked = [("HMGET", self._keys("note:", note), "until", "note") for note in names]
        found = zip(names, self._store.commands(asked), strict=True)
        return tuple(
            OpenNote(id=note, until=_moment(until), text=self._text(private, note, sealed))
            for note, (until, sealed) in found
            if until is not None and sealed is not None
        )

    def answer(self, private: bytes, note: NoteId, words: str, *, now: datetime) -> bool:
        """Put an answer in a note's place; False when the note is gone or was answered."""
        sealed = self._store.command("HGET", self._keys("note:", note), "note")
        record = self._opened(private, note, sealed or b"")
        if record is None:
            return False
        context = self._context(note)
        answer = seal(record.answer_key, words.encode(), context=context, size=NOTE_SIZE)
        return self._step("answer_note", note, answer, now)

    def _step(self, name: str, note: NoteId, sealed: bytes, now: datetime) -> bool:
        """Keep something sealed of a note until the end of its last day, and no key longer."""
        end = self._end(now)
        kept = self._backing.vault.seal(
            sealed, until=end, context=self._context(note), size=len(sealed)
        )
        return bool(self._backing.step(name, note, kept, at(end), now=now))

    def _end(self, now: datetime) -> datetime:
        return rounded_down(now + self._lives, self._lives / GRAINS_A_LIFE)

    def _all_names(self, own: bytes, now: datetime) -> list[NoteId]:
        """Name all that may still be there: a note's whole life, and then its answer's."""
        days = 2 * -(-self._lives // timedelta(days=1)) + 1
        today = day_of(now)
        return [name for ago in range(days) for name in reversed(_names(own, today - ago))]

    def _unanswered(self, now: datetime) -> list[NoteId]:
        words = ("ZRANGEBYSCORE", self._keys("notes"), f"({at(now)}", "+inf")
        return [NoteId(name) for name in texts(self._store.command(*words))]

    def _text(self, private: bytes, note: NoteId, sealed: bytes) -> str | None:
        record = self._opened(private, note, sealed)
        return record.text if record else None

    def _opened(self, private: bytes, note: NoteId, sealed: bytes) -> NoteRecord | None:
        try:
            box = self._backing.vault.unseal(sealed, context=self._context(note))
            plain = open_box(private, box, context=self._context(note))
        except VaultGoneError:
            return None
        return msgpack.decode(plain, type=NoteRecord)

    def _answer(self, own: bytes, note: NoteId, sealed: bytes) -> str:
        context = self._context(note)
        inner = self._backing.vault.unseal(sealed, context=context)
        return unseal(_answer_key(own, note), inner, context=context).decode()

    def _context(self, note: NoteId) -> bytes:
        return f"note {self._keys('note:', note)}".encode()


def _names(own: bytes, day: int) -> list[NoteId]:
    """Name the notes that one person may write on one day."""
    return [
        NoteId(derive(own, f"note {day} {nth}", length=HANDLE_BYTES).hex())
        for nth in range(NOTES_A_DAY)
    ]


def _answer_key(own: bytes, note: NoteId) -> bytes:
    return derive(own, f"answer {note}")


def _moment(written: bytes) -> datetime:
    return datetime.fromtimestamp(float(text(written)), UTC)
