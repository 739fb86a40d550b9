"""The rules of the state machine by which the team is told about somebody, and decides."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from matcher.domain.errors import CapsuleGoneError
from matcher.domain.report import Category, Decision, ReportId
from matcher.store.clock import rounded_down
from tests.properties.model import Peer, Room, Seeker
from tests.properties.pairs import DAY, PICK, Pairs, expect, pick_one
from tests.telling import decide, desk_of, tell

LIVES = timedelta(days=14)


class Telling(Pairs):
    """Serious reports, which hold, and coordinators, who release."""

    def __init__(self) -> None:
        super().__init__()
        self.told: set[tuple[Room, bool]] = set()
        self.about: dict[ReportId, Seeker | Peer] = {}

    @rule(pick=PICK, by_peer=st.booleans())
    def somebody_tells_the_team(self, pick: int, *, by_peer: bool) -> None:
        room = self._open_room(pick)
        if room is None:
            return
        who, other = (room.peer, room.seeker) if by_peer else (room.seeker, room.peer)
        person, name = self.people[who.name], self.rooms[room]
        if (room, by_peer) in self.told:
            visitor, tells = person.visitor, self.world.services.reports.tell_of_room
            expect(CapsuleGoneError, lambda: tells(visitor, name, Category.SEX))
            return

        report = tell(self.world, person, name, Category.THREAT)

        self.told.add((room, by_peer))
        self.about[report] = other
        self.model.hold(other, report, rounded_down(self.world.now() + LIVES, DAY))

    @rule(pick=PICK)
    def the_team_dismisses(self, pick: int) -> None:
        desk = desk_of(self.world)
        waiting = {nth: one.id for nth, one in enumerate(desk.waiting())}
        report = pick_one(waiting, pick)
        if report is None:
            return

        decide(self.world, report, Decision.DISMISS)

        del self.about[report].holds[report]
