"""Telling the team about the other side of a conversation: in it, and for some days after."""

from collections.abc import Collection

from matcher.domain import lines
from matcher.domain.codes import Code, CodeKeys
from matcher.domain.errors import CapsuleGoneError, NothingToTellError
from matcher.domain.place import Visitor
from matcher.domain.report import Capsule, CapsuleId, Category, Telling
from matcher.domain.room import RoomId
from matcher.service.rooms import Rooms
from matcher.state.coordinator_key import CoordinatorKey
from matcher.store import reports as stored
from matcher.store.backing import Backing
from matcher.store.capsules import Capsules, Untold
from matcher.store.tickets import Tickets


class Reports:
    """What somebody can tell the team; nothing here can open what was told."""

    def __init__(
        self, backing: Backing, rooms: Rooms, tickets: Tickets, key: CoordinatorKey
    ) -> None:
        self._store = stored.Reports(backing)
        self._capsules = Capsules(backing)
        self._secrets = backing.secrets
        self._clock = backing.clock
        self._rooms = rooms
        self._tickets = tickets
        self._key = key

    def own_of(self, code: Code | CodeKeys) -> bytes:
        """Derive what is a person's own from their code, whether they have a place or not.

        Raises
        ------
        NothingToTellError
            If nothing is there to tell about: codes that never were look the same.
        """
        own = self._secrets.code(code).own
        if not self.of(own):
            raise NothingToTellError
        return own

    def of(self, own: bytes) -> tuple[Capsule, ...]:
        """List what somebody can tell about, or has told; those that end last come first.

        What was told and has ended is not among them.
        """
        untold = self._capsules.untold(own, now=self._clock.now())
        listed = [Capsule(id=one.id, until=one.until) for one in untold]
        listed += [
            Capsule(id=told.id, until=became[0], state=became[1])
            for told in self._capsules.told(own)
            if (became := self._store.became(told.report))
        ]
        return tuple(sorted(listed, key=lambda one: (one.until, one.id), reverse=True))

    def has_told(self, visitor: Visitor, room: RoomId) -> bool:
        """Say whether somebody can tell nothing about this conversation any more."""
        return not self._about(visitor, room)

    def tell_of_room(
        self,
        visitor: Visitor,
        room: RoomId,
        category: Category,
        *,
        places: Collection[int] = (),
    ) -> None:
        """Tell the team about whom one talks with, and show it the lines at `places`.

        They are read here, from the conversation itself: nobody can have made them up.

        Raises
        ------
        RoomGoneError, CapsuleGoneError, LinesError
            If there is no such conversation, the team was told about it, or these lines cannot
            be shown.
        """
        messages = self._rooms.enter(visitor, room).messages if places else ()
        shown = lines.chosen(messages, places)
        for found in self._about(visitor, room):
            return self._tell(visitor.own, found, Telling(category=category, lines=shown))
        raise CapsuleGoneError

    def tell(self, own: bytes, capsule: CapsuleId, category: Category) -> None:
        """Tell the team about somebody one has talked with, by one of one's own capsules.

        Raises
        ------
        CapsuleGoneError
            If it is not theirs, its time is over, or the team was told.
        """
        for found in self._capsules.untold(own, now=self._clock.now()):
            if found.id == capsule:
                return self._tell(own, found, Telling(category=category))
        raise CapsuleGoneError

    def _about(self, visitor: Visitor, room: RoomId) -> list[Untold]:
        other = self._rooms.seat(visitor, room).other
        found = self._capsules.untold(visitor.own, now=self._clock.now())
        return [one for one in found if one.other == other]

    def _tell(self, own: bytes, found: Untold, telling: Telling) -> None:
        now = self._clock.now()
        if telling.category.is_serious:  # no ticket of theirs knows yet that they are held
            self._tickets.spend(found.other, now=now)
        if not self._store.send(own, found, telling, self._key.public(), now=now):
            raise CapsuleGoneError
