"""Counts what happens into noised sums: no failure of that spoils what somebody does here."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from matcher.domain.counted import NEED, Event, cell
from matcher.domain.errors import MatcherError
from matcher.domain.needs import NeedId
from matcher.domain.offer import OfferId, Reply
from matcher.domain.place import Visitor
from matcher.domain.profile import Handle, Profile, Role, SeekerProfile
from matcher.store.backing import Backing
from matcher.store.events import Events
from matcher.store.offers import Offers
from matcher.store.people import People
from matcher.store.statistics import Total
from matcher.store.tallies import Tallies as Store
from matcher.store.waits import Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a peer is asked; `needs` are of the card, if the seeker agreed to be counted."""

    needs: tuple[NeedId, ...]


class Tallies:
    """Counts what happens in one pool."""

    def __init__(self, backing: Backing, people: People) -> None:
        self._people = people
        self._clock = backing.clock
        self._store = Store(backing)
        self._waits = Waits(backing)
        self._events = Events(backing)

    def came(self, profile: Profile) -> None:
        """Count a seeker who came in and agreed to it; nobody else, and no row."""
        if isinstance(profile, SeekerProfile) and profile.consent.statistics:
            with suppress(MatcherError):
                self._store.add_came(profile, now=self._clock.now())

    def ticked_last_week(self) -> Total:
        """Read how many ticked each need last week; empty where nobody was counted."""
        total = self._store.came.over(self._clock.now(), 1)
        needs: dict[str, str] = {
            cell(NEED, need.id): need.id for need in self._store.cells.needs.all
        }
        sums = {needs[name]: noised for name, noised in total.sums.items() if name in needs}
        return replace(total, sums=sums)

    def happened(self, event: Event) -> None:
        """Count what happened, whoever it happened to."""
        with suppress(MatcherError):
            self._events.add(event, now=self._clock.now())

    def began(self, seeker: Handle, wait: timedelta) -> None:
        """Count a conversation, and how long a seeker who agreed to that waited for it."""
        self.happened(Event.BEGAN)
        with suppress(MatcherError):
            profile, now = self._agreed(seeker), self._clock.now()
            if profile is not None:
                self._waits.add(wait, now=now)
                self._store.add_found(profile, wait, now=now)

    @contextmanager
    def answering(
        self, visitor: Visitor, offer: OfferId, reply: Reply, offers: Offers
    ) -> Iterator[None]:
        """Count what a peer says to a suggestion, once; a seeker's no is counted too."""
        asked = self._asked(offer, offers) if visitor.role is Role.PEER else None
        yield
        if visitor.role is Role.SEEKER:
            if reply is Reply.DECLINED:
                self.happened(Event.SEEKER_NO)
        elif asked is not None:
            event = Event.PEER_NO if reply is Reply.DECLINED else Event.PEER_YES
            self.happened(event)
            self._replied(event, asked, self._clock.now())

    def _asked(self, offer: OfferId, offers: Offers) -> Asked | None:
        """Say what a peer is asked; None where they have answered, or it is gone."""
        with suppress(MatcherError):
            found = offers.asking(offer)
            if found is not None:
                seeker, needs = found
                return Asked(needs=needs if self._agreed(seeker) else ())
        return None

    def _replied(self, event: Event, asked: Asked, now: datetime) -> None:
        if asked.needs:
            with suppress(MatcherError):
                self._store.add_reply(event, asked.needs, now=now)

    def _agreed(self, seeker: Handle) -> SeekerProfile | None:
        profile = self._people.profile(seeker)
        if isinstance(profile, SeekerProfile) and profile.consent.statistics:
            return profile
        return None
