"""Sums over who came, who found somebody, what peers said: of those who agreed alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from matcher.domain.card import MAX_LINES
from matcher.domain.counted import MOST, Cells, Event, answered, answers, cell
from matcher.domain.needs import NeedId
from matcher.domain.profile import SeekerProfile
from matcher.settings.model import Settings
from matcher.store.backing import Backing
from matcher.store.statistics import CAME, FOUND, REPLIES, Statistics

SOON_IS = timedelta(days=3)


class When(StrEnum):
    """How long somebody waited who found somebody."""

    SOON = "soon"
    LATER = "later"


def cells_of(settings: Settings) -> Cells:
    """Name what is counted in a pool."""
    return Cells(settings.needs, settings.languages, tuple(settings.regions))


class Tallies:
    """The weekly sums of one pool; whoever adds has asked whether the person agreed."""

    def __init__(self, backing: Backing) -> None:
        needs = backing.settings.needs
        self.cells = cells_of(backing.settings)
        found = [cell(when, one) for when in When for one in self.cells.all]
        self.came = Statistics(backing, self.cells.all, most=MOST, of=CAME)
        self.found = Statistics(backing, found, most=MOST, of=FOUND)
        self.replies = Statistics(backing, answers(needs), most=MAX_LINES, of=REPLIES)

    def begin(self, *, now: datetime) -> None:
        """Let a week's sums be there, whether or not anybody is counted."""
        for sums in (self.came, self.found, self.replies):
            sums.begin(now=now)

    def add_came(self, seeker: SeekerProfile, *, now: datetime) -> None:
        """Count somebody who came in."""
        self.came.add(self.cells.of(seeker), now=now)

    def add_found(self, seeker: SeekerProfile, wait: timedelta, *, now: datetime) -> None:
        """Count somebody who found somebody."""
        when = When.SOON if wait < SOON_IS else When.LATER
        self.found.add((cell(when, one) for one in self.cells.of(seeker)), now=now)

    def add_reply(self, event: Event, needs: Iterable[NeedId], *, now: datetime) -> None:
        """Count what a peer said to the needs on a card."""
        self.replies.add(answered(event, needs), now=now)
