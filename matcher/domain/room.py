"""A room: two seats, for people who both said yes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from matcher.domain.profile import Format, Role

RoomId = NewType("RoomId", str)

MAX_MESSAGES = 200
MAX_CHARACTERS = 2_000


class RoomKind(StrEnum):
    """Whether the two are here together or write now and then."""

    LIVE = "live"
    SLOW = "slow"


def room_kind(seeker: Format, peer: Format) -> RoomKind | None:
    """Say how two people can talk, or None where their formats exclude each other."""
    match {seeker, peer} - {Format.EITHER}:
        case wanted if wanted == {Format.LIVE, Format.NOW_AND_THEN}:
            return None
        case wanted if wanted == {Format.LIVE}:
            return RoomKind.LIVE
        case _:
            return RoomKind.SLOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as its reader sees it; `at` is rounded to the minute."""

    author: Role
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A conversation as one of its two seats sees it; it never outlives `last_end`."""

    id: RoomId
    kind: RoomKind
    seat: Role
    until: datetime
    last_end: datetime
    messages: tuple[Message, ...]
    asked_for_more: frozenset[Role] = frozenset()

    @property
    def is_full(self) -> bool:
        """No further message fits."""
        return len(self.messages) >= MAX_MESSAGES
