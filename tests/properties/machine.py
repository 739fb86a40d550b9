"""The state machine: random lives on a real store, step by step beside the model."""

from datetime import datetime, timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from matcher.domain.errors import MatcherError
from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn, PlaceState
from matcher.store.clock import rounded_up
from matcher.store.keys import VISIT_GRAIN
from tests import lifetimes
from tests.properties.model import Peer, Seeker, is_held
from tests.properties.pairs import DAY, HOUR, PICK, expect, pick_one
from tests.properties.telling import Telling
from tests.world import with_capacity

STATES = {
    "open": PlaceState.WAITING,
    "paused": PlaceState.PAUSED,
    "talking": PlaceState.TALKING,
    "ended": PlaceState.ENDED,
}


class Lives(Telling):
    """Seekers and peers who come, change, pause, extend, erase and let time pass."""

    @initialize(talk=st.booleans())
    def two_come(self, *, talk: bool) -> None:
        """Begin with two people, of whom many lives let talk: they would seldom come so far."""
        self.seeker_joins()
        self.peer_joins(2)
        if talk:
            self.propose(0, 0)
            self.peer_answers(0, Reply.ACCEPTED, again=False)
            self.seeker_answers(0, Reply.ACCEPTED, again=False)

    @precondition(lambda self: len(self.model.seekers) < 3)
    @rule()
    def seeker_joins(self) -> None:
        person, name = self.world.seeker(), len(self.people)
        self.people[name] = person
        place = self.world.services.places.look(person.visitor)
        self.model.seekers[name] = Seeker(
            name=name, until=place.until, stay=place.until, last_end=place.last_end
        )

    @precondition(lambda self: len(self.model.peers) < 3)
    @rule(capacity=st.integers(1, 2))
    def peer_joins(self, capacity: int) -> None:
        now, name = self.world.now(), len(self.people)
        person = self.world.peer(with_capacity(capacity), how=CheckIn.TODAY)
        self.people[name] = person
        until = self.world.services.places.look(person.visitor).until
        here = rounded_up(now + CheckIn.TODAY.lasts, VISIT_GRAIN)
        self.model.peers[name] = Peer(
            name=name, capacity=capacity, until=until, stay=until, here_until=here
        )

    @rule(pick=PICK, is_peer=st.booleans())
    def somebody_pauses(self, pick: int, *, is_peer: bool) -> None:
        who = self._somebody(pick, is_peer=is_peer)
        if who is None:
            return

        self.world.services.places.pause(self.people[who.name].visitor)

        if who.state == "open":
            self.model.pause(who)

    @rule(pick=PICK, is_peer=st.booleans())
    def somebody_resumes(self, pick: int, *, is_peer: bool) -> None:
        who = self._somebody(pick, is_peer=is_peer)
        if who is None:
            return

        self.world.services.places.resume(self.people[who.name].visitor)

        if who.state == "ended":
            who.until = self.world.services.places.look(self.people[who.name].visitor).until
            who.stay = max(who.stay, who.until)
            who.state = "open"
        elif who.state == "paused":
            who.state = "open"

    @rule(pick=PICK)
    def peer_checks_in(self, pick: int) -> None:
        peer = pick_one(self.model.peers, pick)
        if peer is None:
            return
        now = self.world.now()

        self.world.services.places.check_in(self.people[peer.name].visitor, CheckIn.DAILY)

        if is_held(peer, now):
            return
        peer.here_until = min(rounded_up(now + CheckIn.DAILY.lasts, VISIT_GRAIN), peer.stay)
        peer.state = "open"
        self.model.forget_missed(peer)

    @rule(pick=PICK, is_peer=st.booleans())
    def somebody_changes_their_answers(self, pick: int, *, is_peer: bool) -> None:
        who = self._somebody(pick, is_peer=is_peer)
        if who is None:
            return
        places, visitor = self.world.services.places, self.people[who.name].visitor

        places.change(visitor, places.answers(visitor))

        if isinstance(who, Seeker):
            self.model.withdraw_all(who)

    @rule(pick=PICK, is_peer=st.booleans())
    def somebody_extends(self, pick: int, *, is_peer: bool) -> None:
        who = self._somebody(pick, is_peer=is_peer)
        if who is None:
            return
        places, visitor = self.world.services.places, self.people[who.name].visitor
        before = who.stay

        places.extend(visitor)

        who.until = places.look(visitor).until
        who.stay = max(before, who.until)
        assert who.until >= before

    @rule(pick=PICK, is_peer=st.booleans())
    def somebody_erases_everything(self, pick: int, *, is_peer: bool) -> None:
        who = self._somebody(pick, is_peer=is_peer)
        if who is None:
            return

        self.world.services.places.erase(self.people[who.name].visitor)

        if isinstance(who, Seeker):
            if who.room is not None:
                self.model.leave_room(who.room)
            self.model.forget_seeker(who)
        else:
            for room in list(who.rooms):
                self.model.return_to_waiting(room, self.world.now())
            self.model.forget_peer(who)

    @rule(length=st.sampled_from([HOUR, 5 * HOUR, DAY + HOUR, 3 * DAY, 8 * DAY]))
    def time_passes(self, length: timedelta) -> None:
        self.world.advance(length)
        self.model.pass_time(self.world.now())

    @invariant()
    def waiting_and_reachable_are_whom_the_model_says(self) -> None:
        now = self.world.now()
        waiting = {self.people[n].visitor.handle for n in self._waiting(now)}
        reachable = {self.people[n].visitor.handle for n in self._reachable(now)}
        assert set(self.world.waiting()) == waiting
        assert set(self.world.reachable()) == reachable

    @invariant()
    def each_person_sees_what_the_model_says(self) -> None:
        for name, seeker in self.model.seekers.items():
            visitor = self.people[name].visitor
            is_looked_into = seeker.state == "open" and is_held(seeker, self.world.now())
            state = PlaceState.HELD if is_looked_into else STATES[seeker.state]
            assert self.world.services.places.look(visitor).state is state
            asked = seeker.offer is not None and seeker.offer.peer_said is Reply.ACCEPTED
            assert len(self.world.offers(self.people[name])) == int(asked)
        for name, peer in self.model.peers.items():
            place = self.world.services.places.look(self.people[name].visitor)
            assert place.load == self.model.load(peer)
            assert place.load <= place.capacity

    @invariant()
    def whoever_has_gone_is_gone(self) -> None:
        for name, person in self.people.items():
            is_here = name in self.model.seekers or name in self.model.peers
            expect(None if is_here else MatcherError, partial(self.world.again, person))

    def teardown(self) -> None:
        """End each life as every test on the store ends."""
        lifetimes.check_store(self.world.redis, self.world.settings)

    def _waiting(self, now: datetime) -> list[int]:
        model = self.model
        return [n for n, one in model.seekers.items() if model.may_be_offered(one, now)]

    def _reachable(self, now: datetime) -> list[int]:
        model = self.model
        return [n for n, one in model.peers.items() if model.may_be_asked(one, now)]

    def _somebody(self, pick: int, *, is_peer: bool) -> Seeker | Peer | None:
        return (
            pick_one(self.model.peers, pick) if is_peer else pick_one(self.model.seekers, pick)
        )
