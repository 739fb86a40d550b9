"""Coming in: from checked answers to a place and a code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from matcher.domain.codes import Code, CodeKeys
from matcher.domain.errors import (
    DraftGoneError,
    InvitationGoneError,
    NoSessionError,
    StoreFullError,
    TooYoungError,
    UnknownCodeError,
)
from matcher.domain.needs import NeedId
from matcher.domain.place import Visitor
from matcher.domain.profile import MINORS, PeerProfile, Profile, SeekerProfile
from matcher.domain.rarity import better_left_out
from matcher.service.invitations import Invitations
from matcher.service.tallies import Tallies
from matcher.store.backing import Backing
from matcher.store.people import Arrival, Joined, People
from matcher.store.secrets import code_from, cookie_from, handle_from
from matcher.store.sessions import Sessions
from matcher.store.tickets import Tickets

DEVIATIONS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What somebody who came in holds from now on.

    With `has_own_code` their browser made their code: nobody here knows it, and `code` is void.
    """

    code: Code
    cookie: str
    has_own_code: bool = False


class Intake:
    """Takes seekers and peers in; the same draft sent twice is the same person."""

    def __init__(
        self,
        people: People,
        sessions: Sessions,
        invitations: Invitations,
        tickets: Tickets,
        backing: Backing,
    ) -> None:
        self._people = people
        self._sessions = sessions
        self._invitations = invitations
        self._tickets = tickets
        self._backing = backing
        self._clock = backing.clock
        self._tallies = Tallies(backing, people)

    def admit_seeker(
        self, profile: SeekerProfile, *, seed: bytes, keys: CodeKeys | None = None
    ) -> Admission:
        """Give a seeker a place; `keys` came where their browser made their code.

        Raises
        ------
        DraftGoneError
            If this draft's person has kept their code, left, or was erased.
        """
        return self._admit(Arrival(seed=seed, profile=profile, keys=keys))

    def admit_peer(
        self,
        profile: PeerProfile,
        *,
        seed: bytes,
        invitation: Code,
        keys: CodeKeys | None = None,
    ) -> Admission:
        """Give a peer a place and use up their invitation; training comes from it alone.

        Raises
        ------
        InvitationGoneError
            If the invitation was used or has ended.
        DraftGoneError
            As for a seeker.
        """
        if self._people.has_joined(seed):
            return self._admit(Arrival(seed=seed, profile=profile, keys=keys))
        found = self._invitations.look(invitation)
        trained = replace(
            profile,
            trained=found.trained_for,
            opted_in=profile.opted_in & found.trained_for,
        )
        arrival = Arrival(seed=seed, profile=trained, invitation=(invitation, found), keys=keys)
        with self._invitations.using(invitation, found):
            return self._admit(arrival)

    def code_of(self, seed: bytes, visitor: Visitor) -> Code:
        """Derive the code of a draft once more, for its own person, until it has been kept.

        Raises
        ------
        DraftGoneError
            If it was kept, or somebody else asks.
        """
        if not self.is_of(seed, visitor) or not self._people.is_open(seed):
            raise DraftGoneError
        return code_from(seed)

    def is_of(self, seed: bytes, visitor: Visitor) -> bool:
        """Say whether this draft led to this person."""
        return handle_from(seed) == visitor.handle

    def refuse_when_closed(self) -> None:
        """Tell people before they have filled in anything that nobody new is taken in.

        Raises
        ------
        StoreFullError
            If so much of the store's memory is in use.
        """
        if self._backing.is_closed():
            raise StoreFullError

    def better_left_out(self, mix: Sequence[NeedId]) -> NeedId | None:
        """Name the need without which a rare mix would not be rare; the same answer all week.

        Only the noised sums of last week are read, to which nothing is added any more: trying
        out answers tells nobody who came in or was here.
        """
        ticked = self._tallies.ticked_last_week()
        doubt = DEVIATIONS * ticked.deviation * sqrt(len(ticked.sums))
        return better_left_out(mix, ticked.sums, doubt=doubt) if ticked.sums else None

    def is_settled(self, seed: bytes) -> bool:
        """Say whether a sent draft is over: its code was kept, or its person has left."""
        if not self._people.has_joined(seed):
            return False
        return not self._people.is_open(seed) or not self._people.is_here(handle_from(seed))

    def settle(self, seed: bytes) -> None:
        """Never show this draft's code again: it has been kept, or is not wanted."""
        self._people.settle_draft(seed)

    def _admit(self, arrival: Arrival) -> Admission:
        refuse_minors(arrival.profile)
        handle = handle_from(arrival.seed)
        if self._tickets.is_buried(handle) or self._tickets.has_gone_on(handle):
            raise DraftGoneError
        has_own_code = arrival.keys is not None
        match self._people.join(arrival, now=self._clock.now()):
            case Joined.JOINED:
                self._tallies.came(arrival.profile)
            case Joined.GONE:
                self._refuse_unless_twice(arrival)
            case Joined.INVITATION:
                raise InvitationGoneError
            case Joined.CLOSED:
                raise StoreFullError
            case Joined.AGAIN:  # they were given a code before, and have not kept it yet
                self._correct(arrival)
                has_own_code = False
        return Admission(
            code=code_from(arrival.seed),
            cookie=cookie_from(arrival.seed),
            has_own_code=has_own_code,
        )

    def _refuse_unless_twice(self, arrival: Arrival) -> None:
        """Let one form through that was sent twice with the same code, on its first visit."""
        if arrival.keys is None:
            raise DraftGoneError
        try:
            if self._sessions.handle_of(arrival.keys) != handle_from(arrival.seed):
                raise DraftGoneError
            self._sessions.visit(cookie_from(arrival.seed), now=self._clock.now())
        except (NoSessionError, UnknownCodeError):
            raise DraftGoneError from None

    def _correct(self, arrival: Arrival) -> None:
        """Take over answers that were corrected and sent again before the code was kept."""
        now = self._clock.now()
        visitor = self._sessions.visit(cookie_from(arrival.seed), now=now)[0]
        before = self._people.answers(visitor.handle)
        match with_old_training(arrival.profile, before):
            case corrected if corrected == before:
                return
            case PeerProfile() as corrected:
                self._people.edit(visitor, corrected, now=now)
            case SeekerProfile() as corrected:
                mark = self._tickets.spend_for_change(visitor, now=now)
                self._people.change(visitor, corrected, spent_mark=mark, now=now)


def refuse_minors(profile: Profile) -> None:
    """Store nothing about somebody under 18: no network has opened a youth pool yet.

    Raises
    ------
    TooYoungError
        If they are.
    """
    if profile.age in MINORS:
        raise TooYoungError


def with_old_training(profile: Profile, before: Profile) -> Profile:
    """Keep what came from the invitation when a peer changes their answers."""
    if isinstance(profile, PeerProfile) and isinstance(before, PeerProfile):
        opted_in = profile.opted_in & before.trained
        return replace(profile, trained=before.trained, opted_in=opted_in)
    return profile
