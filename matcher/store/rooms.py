"""Rooms and what is said in them: sealed, in memory only, for two seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_bytes

from msgspec import Struct, msgpack

from matcher.domain.errors import RoomFullError, RoomGoneError, VaultGoneError
from matcher.domain.place import Visitor
from matcher.domain.profile import Handle, Role
from matcher.domain.room import MAX_CHARACTERS, MAX_MESSAGES, Message, Room, RoomId, RoomKind
from matcher.store.backing import Backing, at
from matcher.store.client import text, texts
from matcher.store.clock import rounded_down
from matcher.store.sealing import KEY_BYTES, seal, unseal

MESSAGE_GRAIN = timedelta(minutes=1)
MARK_LETTERS = 32  # say.lua counts on it
MESSAGE_SIZES = (256, 1_024, 4 * MAX_CHARACTERS + 32)  # a frame tells no more of its length


class MessageRecord(Struct, frozen=True, array_like=True):
    """One message, sealed under the room's key."""

    author: Role
    at: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomHead:
    """What a room is, without what was said."""

    id: RoomId
    seats: dict[Role, Handle]
    kind: RoomKind
    key: bytes
    until: datetime
    last_end: datetime
    asked_for_more: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer:
    """Until when a room may live on, and the seeker's answers sealed to outlive it, or none."""

    until: datetime
    version: int = 0
    sealed_profile: bytes = b""


class Rooms:
    """The rooms of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._store = backing.store
        self._keys = backing.keys

    def new_key(self, room: RoomId, until: datetime) -> bytes:
        """Draw a room's key and seal it under the day on which the room ends."""
        return self.seal_key(room, token_bytes(KEY_BYTES), until)

    def seal_key(self, room: RoomId, key: bytes, until: datetime) -> bytes:
        """Seal a room's key anew, for another end."""
        context = b"room" + room.encode()
        return self._backing.vault.seal(key, until=until, context=context, size=KEY_BYTES)

    def of(self, visitor: Visitor, *, now: datetime) -> tuple[RoomId, ...]:
        """Name the rooms in which this person has a seat."""
        if visitor.role is Role.SEEKER:
            room = self._store.command("HGET", self._keys("h:", visitor.handle), "room")
            names = [text(room)] if room else []
        else:
            key = self._keys("v:", visitor.handle)
            load = texts(self._store.command("ZRANGEBYSCORE", key, f"({at(now)}", "+inf"))
            names = [member[2:] for member in load if member.startswith("r:")]
        return tuple(
            RoomId(n) for n in names if self._store.command("EXISTS", self._keys("r:", n))
        )

    def rest_until(self, peer: Handle, *, now: datetime) -> datetime | None:
        """Say until when a peer rests from rooms that ended by themselves; None when not."""
        key = self._keys("v:", peer)
        load = texts(self._store.command("ZRANGEBYSCORE", key, f"({at(now)}", "+inf"))
        rests = [m for m in load if m.startswith("z:") and f"r:{m[2:]}" not in load]
        ends = self._store.commands([("ZSCORE", key, member) for member in rests])
        return max((datetime.fromtimestamp(float(end), UTC) for end in ends), default=None)

    def head(self, room: RoomId, *, now: datetime) -> RoomHead:
        """Read a room without its messages.

        Raises
        ------
        RoomGoneError
            If it has ended.
        """
        raw = self._store.command("HGETALL", self._keys("r:", room))
        found = {name.decode(): value for name, value in raw.items()}
        if "s" not in found or float(found["until"]) <= now.timestamp():
            raise RoomGoneError
        try:
            key = self._backing.vault.unseal(found["key"], context=b"room" + room.encode())
        except VaultGoneError:
            raise RoomGoneError from None
        more = {"more_s": Role.SEEKER, "more_p": Role.PEER}
        return RoomHead(
            id=room,
            seats={
                Role.SEEKER: Handle(found["s"].decode()),
                Role.PEER: Handle(found["p"].decode()),
            },
            kind=RoomKind(found["kind"].decode()),
            key=key,
            until=datetime.fromtimestamp(float(found["until"]), UTC),
            last_end=datetime.fromtimestamp(float(found["last_end"]), UTC),
            asked_for_more=frozenset(role for name, role in more.items() if name in found),
        )

    def enter(self, head: RoomHead, seat: Role) -> Room:
        """Read what was said, for the person on `seat`.

        Raises
        ------
        RoomGoneError
            If it has ended meanwhile: else it would look as if nothing had been said.
        """
        said, name = self._keys("m:", head.id), self._keys("r:", head.id)
        raw, is_there = self._store.commands([("LRANGE", said, 0, -1), ("EXISTS", name)])
        if not is_there:
            raise RoomGoneError
        return Room(
            id=head.id,
            kind=head.kind,
            seat=seat,
            until=head.until,
            last_end=head.last_end,
            messages=tuple(self._opened(head, raw)),
            asked_for_more=head.asked_for_more,
        )

    def later(self, head: RoomHead, now: datetime) -> datetime:
        """Say until when a room lives if something is said in it now."""
        if head.kind is RoomKind.SLOW:
            return head.until
        lives = self._backing.settings.lifetimes.room_live
        return max(head.until, min(self._backing.coarse(now + lives), head.last_end))

    def longer_end(self, head: RoomHead, agreed: datetime) -> datetime:
        """Say until when a room lives if both have asked for more time at this moment."""
        later = self._backing.coarse(agreed + self._backing.settings.lifetimes.room_slow)
        return max(head.until, min(later, head.last_end))

    def say(
        self, head: RoomHead, message: Message, *, once: str, longer: Longer, now: datetime
    ) -> None:
        """Add a message; a live room then lives on.

        The same words sent again with the same `once` are said once.

        Raises
        ------
        RoomGoneError, RoomFullError
            If it has ended meanwhile, or holds all it may.
        """
        minute = int(rounded_down(message.at, MESSAGE_GRAIN).timestamp())
        record = msgpack.encode(MessageRecord(message.author, minute, message.text))
        size = next(size for size in MESSAGE_SIZES if size >= len(record))
        frame = seal(head.key, record, context=b"message", size=size)
        words = (
            head.id,
            head.seats[message.author],
            frame,
            _mark(once, message.text),
            at(longer.until),
            self.seal_key(head.id, head.key, longer.until),
            at(longer.until + self._backing.settings.lifetimes.after_room),
            MAX_MESSAGES,
            longer.version,
            longer.sealed_profile,
        )
        answer = self._backing.step("say", *words, now=now)
        if answer == b"full":
            raise RoomFullError
        if answer != b"said":
            raise RoomGoneError

    def ask_for_more(
        self, head: RoomHead, visitor: Visitor, *, longer: Longer, now: datetime
    ) -> None:
        """Ask for more time, which comes once both have asked."""
        words = (
            head.id,
            visitor.handle,
            at(longer.until),
            self.seal_key(head.id, head.key, longer.until),
            longer.sealed_profile,
            at(longer.until + self._backing.settings.lifetimes.after_room),
            longer.version,
            *self._backing.way_back(visitor),
        )
        if self._backing.step("more_time", *words, now=now) == b"gone":
            raise RoomGoneError

    def end(
        self, head: RoomHead, seat: Role, *, rest_until: datetime | None, now: datetime
    ) -> None:
        """End a room and erase what was said, for both; the peer may rest until then."""
        gone = self._backing.coarse(now + self._backing.settings.lifetimes.after_room)
        words = (head.id, head.seats[seat], at(gone), _rests(rest_until))
        self._backing.step("end_room", *words, now=now)

    def give_back(
        self, room: RoomId, peer: Handle, *, rest_until: datetime | None, now: datetime
    ) -> None:
        """Let a peer hand a conversation back; the seeker waits again at the old place."""
        if not self._backing.step("return_room", room, peer, _rests(rest_until), now=now):
            raise RoomGoneError

    def give_back_silent(self, room: RoomId, *, now: datetime) -> bool:
        """Let a seeker wait again if the peer has not written, and the time is over."""
        return bool(self._backing.step("return_room", room, "", "", now=now))

    def _opened(self, head: RoomHead, frames: Sequence[bytes]) -> list[Message]:
        records = (
            msgpack.decode(unseal(head.key, frame, context=b"message"), type=MessageRecord)
            for frame in frames
        )
        return [
            Message(author=r.author, at=datetime.fromtimestamp(r.at, UTC), text=r.text)
            for r in records
        ]


def _rests(until: datetime | None) -> str:
    return at(until) if until else "0"


def _mark(once: str, words: str) -> str:
    return sha256(f"{once}\0{words}".encode()).hexdigest()[:MARK_LETTERS]
