"""How conversations were: each side may say so once, and only sums are kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from matcher.domain.cover import tidy
from matcher.domain.errors import PlaceGoneError, RoomGoneError, VaultGoneError
from matcher.domain.noise import Chance, SystemChance
from matcher.domain.outcomes import (
    ASKED,
    OPTIONS,
    Question,
    cell_of,
    estimates,
    needed,
    randomised,
)
from matcher.domain.place import Visitor
from matcher.domain.profile import Role, SeekerProfile
from matcher.domain.shares import Share
from matcher.service.rooms import Rooms
from matcher.store.backing import Backing
from matcher.store.people import People
from matcher.store.talked import Talked, TalkMark, mark_of

WEEKS = 8


class Outcomes:
    """Takes in how a conversation was."""

    def __init__(self, backing: Backing, rooms: Rooms, *, chance: Chance | None = None) -> None:
        self._clock = backing.clock
        self._rooms = rooms
        self._people = People(backing)
        self._talked = Talked(backing)
        self._chance = chance or SystemChance()

    def untold(self, visitor: Visitor) -> tuple[TalkMark, ...]:
        """Mark the conversations that are over, and of which nothing was told."""
        marked = self._talked.of(visitor)
        rooms = self._rooms.of(visitor) if marked else ()
        still_open = {mark_of(visitor, room) for room in rooms}
        return tuple(mark for mark in marked if mark not in still_open)

    def tell(
        self,
        visitor: Visitor,
        talk: TalkMark,
        given: Mapping[Question, str],
        *,
        is_tossed: bool = False,
    ) -> None:
        """Add what was told to the sums, changed by chance before anything is kept.

        With `is_tossed` chance has changed it already, where it was told.

        Raises
        ------
        RoomGoneError
            If it was told before, or there is nothing of it any more.
        """
        if talk not in self.untold(visitor):
            raise RoomGoneError
        bucket = self._talked.bucket(visitor, talk) if self._agrees(visitor) else None
        if not self._talked.use_up(visitor, talk):
            raise RoomGoneError
        answers = {
            question: option
            if is_tossed
            else randomised(option, OPTIONS[question], self._chance)
            for question, option in given.items()
            if question in ASKED[visitor.role] and option in OPTIONS[question]
        }
        now = self._clock.now()
        if answers:
            cells = [cell_of(visitor.role, question, one) for question, one in answers.items()]
            self._talked.add(cells, now=now)
        if bucket is not None and Question.HELPED in answers:
            self._talked.add_lesson(bucket, answers[Question.HELPED], now=now)

    def _agrees(self, visitor: Visitor) -> bool:
        """Tell whether a seeker still agrees to be counted: they may have taken it back."""
        try:
            profile = self._people.profile(visitor.handle)
        except (PlaceGoneError, VaultGoneError):
            return False
        return isinstance(profile, SeekerProfile) and profile.consent.statistics


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What many have told: how many did, how many it takes to mean something, the shares."""

    answers: int | None
    needed: int
    shares: Mapping[str, Share] | None


class ToldSums:
    """Reads for coordinators what many have told, and of nobody."""

    def __init__(self, backing: Backing) -> None:
        self._clock = backing.clock
        self._talked = Talked(backing)

    def lately(self) -> dict[Role, dict[Question, Told]]:
        """Read the answers of the last weeks, as if noise were in each: see `Lessons`."""
        total = self._talked.over(self._clock.now(), WEEKS)
        return {
            role: {
                question: _told(
                    {
                        option: total.sums.get(cell_of(role, question, option), 0)
                        for option in OPTIONS[question]
                    },
                    noise=self._talked.deviation * sqrt(WEEKS),
                )
                for question in questions
            }
            for role, questions in ASKED.items()
        }


def _told(counts: Mapping[str, int], *, noise: float) -> Told:
    return Told(
        answers=tidy(sum(counts.values())),
        needed=needed(len(counts), noise=noise),
        shares=estimates(counts, noise=noise),
    )
