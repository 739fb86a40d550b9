"""The rules of the state machine that bring two people together and part them again."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from matcher.domain.errors import OfferGoneError
from matcher.domain.offer import LONGEST_ANSWER, OfferId, Reply
from matcher.domain.profile import Role
from matcher.domain.room import RoomId
from matcher.store.clock import rounded_up
from matcher.store.offers import Offers, Terms
from tests.properties.model import Model, Offer, Room
from tests.world import Person, World

T = TypeVar("T")
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
PICK = st.integers(0, 5)
REPLIES = st.sampled_from([Reply.ACCEPTED, Reply.DECLINED])


class Pairs(RuleBasedStateMachine):
    """Offers, answers and rooms, on a real store beside the model."""

    make_world: Callable[[], World]
    run_round: Callable[[World, int], None]

    def __init__(self) -> None:
        super().__init__()
        self.world = type(self).make_world()
        self.model = Model(self.world.rules)
        self.people: dict[int, Person] = {}
        self.offers: dict[Offer, OfferId] = {}
        self.rooms: dict[Room, RoomId] = {}
        self.said = 0

    @rule(seeker=PICK, peer=PICK)
    def propose(self, seeker: int, peer: int) -> None:
        one, other = pick_one(self.model.seekers, seeker), pick_one(self.model.peers, peer)
        if one is None or other is None:
            return
        expected = self.model.outcome(one, other, self.world.now())

        offer, said = self.world.propose(
            self.people[one.name], self.people[other.name], lasts=DAY
        )

        assert said == expected
        if said == "offered":
            self.offers[self.model.offer(one, other, self.world.now() + DAY, DAY)] = offer

    @rule(seed=st.integers(0, 99))
    def round(self, seed: int) -> None:
        type(self).run_round(self.world, seed)

        by_handle = {self.people[name].visitor.handle: name for name in self.model.peers}
        now = self.world.now()
        for seeker in self.model.seekers.values():
            keys, store = self.world.backing.keys, self.world.backing.store
            head = keys("h:", self.people[seeker.name].visitor.handle)
            found = store.command("HGET", head, "offer")
            if found is None or seeker.offer is not None:
                continue
            offer = OfferId(found.decode())
            if offer in self.offers.values():
                continue
            terms = Offers(self.world.backing).terms(offer, self.people[seeker.name].visitor)
            assert isinstance(terms, Terms)
            peer, lasts = self.model.peers[by_handle[terms.sides[Role.PEER]]], terms.lasts
            assert self.model.outcome(seeker, peer, now) == "offered"
            self.offers[self.model.offer(seeker, peer, now + lasts, lasts)] = offer

    @rule(pick=PICK, reply=REPLIES, again=st.booleans())
    def peer_answers(self, pick: int, reply: Reply, *, again: bool) -> None:
        offer = self._open_offer(pick)
        if offer is None:
            return
        name, person = self.offers[offer], self.people[offer.peer.name]
        may = offer.peer_said in (Reply.WAITING, reply)

        expect(None if may else OfferGoneError, lambda: self.world.answer(person, name, reply))

        if reply is Reply.ACCEPTED:
            self.model.peer_accepts(offer, self.world.now(), self._peers_stay())
        elif may:
            self.model.decline(offer, by_peer=True)
        if again:  # delivered twice
            gone = reply is Reply.DECLINED
            expect(
                OfferGoneError if gone else None, lambda: self.world.answer(person, name, reply)
            )

    @rule(pick=PICK, reply=REPLIES, again=st.booleans())
    def seeker_answers(self, pick: int, reply: Reply, *, again: bool) -> None:
        offer = self._open_offer(pick)
        if offer is None:
            return
        name, seeker = self.offers[offer], offer.seeker
        person = self.people[seeker.name]
        if offer.peer_said is not Reply.ACCEPTED:
            expect(OfferGoneError, lambda: self.world.answer(person, name, reply))
            return

        room = self.world.answer(person, name, reply)

        if reply is Reply.DECLINED:
            assert room is None
            self.model.decline(offer, by_peer=False)
            return
        assert room is not None
        if again:
            assert self.world.answer(person, name, reply) == room
        self._room_opens(offer, room)

    @rule(pick=PICK)
    def peer_hands_offer_back(self, pick: int) -> None:
        offer = self._open_offer(pick)
        if offer is None:
            return
        visitor = self.people[offer.peer.name].visitor

        self.world.services.offers.hand_back(visitor, self.offers[offer])

        self.model.hand_back(offer)

    @rule(pick=PICK)
    def peer_hands_room_back(self, pick: int) -> None:
        room = self._open_room(pick)
        if room is None:
            return
        visitor = self.people[room.peer.name].visitor

        self.world.services.rooms.hand_back(visitor, self.rooms[room])

        self.model.return_to_waiting(room, self.world.now())

    @rule(pick=PICK, by_peer=st.booleans())
    def somebody_writes(self, pick: int, *, by_peer: bool) -> None:
        room = self._open_room(pick)
        if room is None:
            return
        who = room.peer.name if by_peer else room.seeker.name
        self.said += 1
        for _ in range(2):  # delivered twice
            self.world.services.rooms.say(
                self.people[who].visitor, self.rooms[room], "words", once=str(self.said)
            )
        if by_peer:
            room.silent = None

    @rule(pick=PICK, by_peer=st.booleans())
    def somebody_ends_the_room(self, pick: int, *, by_peer: bool) -> None:
        room = self._open_room(pick)
        if room is None:
            return
        who = room.peer.name if by_peer else room.seeker.name

        self.world.services.rooms.end(self.people[who].visitor, self.rooms[room])

        gone = self.world.now() + self.world.settings.lifetimes.after_room
        self.model.end_room(room, rounded_up(gone, self.world.settings.lifetimes.grain))

    def _peers_stay(self) -> datetime:
        lives = self.world.settings.lifetimes
        longest = 2 * LONGEST_ANSWER + lives.room_slow + lives.after_room
        return rounded_up(self.world.now() + longest, lives.grain)

    def _room_opens(self, offer: Offer, name: RoomId) -> None:
        now, lifetimes = self.world.now(), self.world.settings.lifetimes
        until = self.world.services.rooms.enter(
            self.people[offer.seeker.name].visitor, name
        ).until
        assert until == rounded_up(now + lifetimes.room_slow, lifetimes.grain)
        silent = rounded_up(now + lifetimes.room_silent, lifetimes.grain)
        room = Room(seeker=offer.seeker, peer=offer.peer, until=until, silent=silent)
        stay = rounded_up(now + lifetimes.room_slow + lifetimes.after_room, lifetimes.grain)
        for who in (offer.seeker, offer.peer):
            who.stay = max(who.stay, stay)
        self.model.seeker_accepts(offer, room)
        self.rooms[room] = name

    def _open_offer(self, pick: int) -> Offer | None:
        found = [one.offer for one in self.model.seekers.values() if one.offer is not None]
        return found[pick % len(found)] if found else None

    def _open_room(self, pick: int) -> Room | None:
        found = [one.room for one in self.model.seekers.values() if one.room is not None]
        return found[pick % len(found)] if found else None


def pick_one(among: dict[int, T], pick: int) -> T | None:
    return list(among.values())[pick % len(among)] if among else None


def expect(error: type[Exception] | None, act: Callable[[], object]) -> None:
    with pytest.raises(error) if error else nullcontext():
        act()
