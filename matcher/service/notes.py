"""Notes from peers to coordinators: written on one side, opened and answered on the other."""

from matcher.domain.errors import NoteGoneError, NotesWrittenError
from matcher.domain.note import NoteId, OpenNote, SentNote
from matcher.domain.place import Visitor
from matcher.state.coordinator_key import CoordinatorKey
from matcher.store import notes as stored
from matcher.store.backing import Backing


class Notes:
    """What a peer writes and reads; nothing here can open a note."""

    def __init__(self, backing: Backing, key: CoordinatorKey) -> None:
        self._store = stored.Notes(backing)
        self._clock = backing.clock
        self._key = key

    def write(self, visitor: Visitor, words: str) -> None:
        """Send a note to the coordinators.

        Raises
        ------
        NotesWrittenError
            If as many as a day takes were written today.
        """
        public, now = self._key.public(), self._clock.now()
        if not self._store.write(visitor.own, words, public, now=now):
            raise NotesWrittenError

    def of(self, visitor: Visitor) -> tuple[SentNote, ...]:
        """Find somebody's notes, newest first, with the answers that have come."""
        return self._store.of(visitor.own, now=self._clock.now())

    def forget(self, visitor: Visitor, note: NoteId) -> None:
        """Let one of somebody's own notes go; nothing happens to others'."""
        self._store.forget([one.id for one in self.of(visitor) if one.id == note])

    def forget_all(self, visitor: Visitor) -> None:
        """Let all of somebody's notes go."""
        self._store.forget_all(visitor.own, now=self._clock.now())


class NoteDesk:
    """What coordinators do with notes; it needs their private key, which no page here has."""

    def __init__(self, backing: Backing, key: CoordinatorKey) -> None:
        self._store = stored.Notes(backing)
        self._clock = backing.clock
        self._key = key

    def are_waiting(self) -> bool:
        """Say whether any note waits for an answer, without opening one."""
        return self._store.are_waiting(now=self._clock.now())

    def waiting(self) -> tuple[OpenNote, ...]:
        """Open every note without an answer, those that end first before the others."""
        return self._store.waiting(self._key.private(), now=self._clock.now())

    def answer(self, note: NoteId, words: str) -> None:
        """Answer a note; its words go, and the answer is there for its writer alone.

        Raises
        ------
        NoteGoneError
            If it ended, was answered or taken back, or was sealed for another key.
        """
        if not self._store.answer(self._key.private(), note, words, now=self._clock.now()):
            raise NoteGoneError
