"""Partners' cards on the coordinators' side: made and taken away by one person.

A card shows nobody anything: its code opens one group of needs, and skips nothing.
"""

from datetime import datetime
from secrets import choice

from matcher.domain.acts import Act, ActKind
from matcher.domain.codes import ALPHABET
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import StaleServiceError
from matcher.service.oversight import Oversight
from matcher.settings.services_faults import Fault
from matcher.settings.services_shape import PartnerEntry
from matcher.state.cards import Cards
from matcher.store.clock import StoreClock

PARTNER, CODE, GROUP = "partner", "code", "group"
HALVES = (3, 4)
"""How many letters stand before and after the hyphen of a code that is drawn."""


class CardDesk:
    """The cards of one pool's partners."""

    def __init__(self, cards: Cards, oversight: Oversight, clock: StoreClock) -> None:
        self._cards = cards
        self._oversight = oversight
        self._clock = clock
        oversight.carries_out(ActKind.ADD_CARD, self._add)
        oversight.carries_out(ActKind.TAKE_CARD_AWAY, self._take_away)

    def all(self) -> tuple[PartnerEntry, ...]:
        """List every card. Raises DamagedError if the file of them is."""
        return self._cards.entries()

    def faults(self, entry: PartnerEntry) -> list[Fault]:
        """Say what is wrong with a new card. Raises like `all`."""
        return self._cards.faults(entry)

    def add(self, entry: PartnerEntry, who: CoordinatorId) -> None:
        """Add a card without faults; StaleServiceError where somebody else was faster."""
        what = {PARTNER: entry.id, CODE: entry.code, GROUP: entry.group}
        self._oversight.do(ActKind.ADD_CARD, who, what=what)

    def take_away(self, which: str, who: CoordinatorId) -> None:
        """Let a code open nothing any more; StaleServiceError where it does not already."""
        if which not in {one.id for one in self.all()}:
            raise StaleServiceError
        self._oversight.tighten(ActKind.TAKE_CARD_AWAY, who, what={PARTNER: which})

    def _add(self, act: Act) -> None:
        entry = PartnerEntry(id=act.what[PARTNER], code=act.what[CODE], group=act.what[GROUP])
        self._cards.add(entry, act=act.id, who=act.who, at=self._now())

    def _take_away(self, act: Act) -> None:
        self._cards.take_away(act.what[PARTNER], act=act.id, who=act.who, at=self._now())

    def _now(self) -> datetime:
        return self._clock.now().replace(second=0, microsecond=0)


def drawn() -> str:
    """Draw a code that can be read aloud."""
    return "-".join("".join(choice(ALPHABET) for _ in range(half)) for half in HALVES).upper()
